import { CONFIG, DATA } from "../machine/release";
import { writeFile } from "../machine/shell";
import { BACKUP_TIMER, BACKUP_UNIT, FIREWALL_UNIT } from "../machine/units";
import { AGE_SCRIPT, STORED } from "./host-backup";

/** Name that the data disk has on the machine. */
export const DISK = "data";
/** Key of the machine's metadata that holds what it shall run. */
export const RELEASE_KEY = "portolan-release";

/**
 * Start of the machine. It runs at every boot, and a change of it replaces the machine: what runs there
 * comes with every release, through the machine's metadata. Docker comes from the distribution, and
 * with it its patches.
 */
export function setupScript(): string {
  return `#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
device=/dev/disk/by-id/google-${DISK}
for attempt in $(seq 1 150); do [ -b "$device" ] && break; sleep 2; done
# A disk that has files on it is never formatted again.
blkid "$device" > /dev/null || mkfs.xfs "$device"
mkdir -p ${DATA}
grep -q " ${DATA} " /etc/fstab || echo "$device ${DATA} xfs defaults,nofail 0 2" >> /etc/fstab
mountpoint -q ${DATA} || mount ${DATA}
install -d -m 0700 ${CONFIG} ${DATA}/portolan
[ -f ${STORED} ] || touch ${STORED}
install -d /etc/docker /etc/systemd/system/docker.service.d /etc/google-cloud-ops-agent
${writeFile("/etc/docker/daemon.json", "0644", JSON.stringify(DAEMON, null, 2))}
${writeFile("/etc/systemd/system/docker.service.d/data.conf", "0644", `[Unit]\nRequiresMountsFor=${DATA}`)}
${writeFile("/etc/google-cloud-ops-agent/config.yaml", "0644", JSON.stringify(AGENT, null, 2))}
${writeFile("/etc/systemd/system/portolan-firewall.service", "0644", FIREWALL_UNIT)}
${writeFile("/etc/systemd/system/portolan-backup.service", "0644", BACKUP_UNIT)}
${writeFile("/etc/systemd/system/portolan-backup.timer", "0644", BACKUP_TIMER)}
${writeFile("/usr/local/sbin/portolan-backup-age", "0700", AGE_SCRIPT)}
${writeFile("/etc/systemd/system/portolan-backup-age.service", "0644", "[Service]\nType=oneshot\nExecStart=/usr/local/sbin/portolan-backup-age")}
${writeFile("/etc/systemd/system/portolan-backup-age.timer", "0644", HOURLY)}
${writeFile("/usr/local/sbin/portolan-releases", "0700", RELEASES)}
${writeFile("/etc/systemd/system/portolan-releases.service", "0644", RELEASES_UNIT)}
if ! [ -f /var/lib/portolan-installed ]; then
  apt-get update
  apt-get install --yes --no-install-recommends docker.io jq curl iptables xfsprogs unattended-upgrades
  curl --silent --show-error --fail --retry 5 --output /run/ops-agent.sh https://dl.google.com/cloudagents/add-google-cloud-ops-agent-repo.sh
  bash /run/ops-agent.sh --also-install
  touch /var/lib/portolan-installed
fi
# Nobody signs in to this machine: releases come through its metadata.
systemctl disable --now ssh.service ssh.socket || true
systemctl daemon-reload
systemctl enable --now portolan-firewall portolan-backup-age.timer portolan-releases
`;
}

/**
 * Also for containers that the host's own make: their lines go to the journal, which the agent reads,
 * and they gain no privileges.
 */
const DAEMON = {
  "data-root": `${DATA}/docker`,
  "live-restore": true,
  "no-new-privileges": true,
  "log-driver": "journald",
  "log-opts": { tag: "{{.Name}}" },
};

const AGENT = {
  logging: {
    receivers: { journal: { type: "systemd_journald" } },
    service: { pipelines: { default_pipeline: { receivers: ["journal"] } } },
  },
};

const HOURLY = "[Timer]\nOnCalendar=hourly\nPersistent=true\n[Install]\nWantedBy=timers.target";

const RELEASES_UNIT = `[Unit]
After=docker.service network-online.target
[Service]
ExecStart=/usr/local/sbin/portolan-releases
Restart=always
RestartSec=10
[Install]
WantedBy=multi-user.target`;

/**
 * Carries out what the metadata holds as soon as it changes, says how it ended, and tries again what
 * has failed: a release may be run as often as one likes.
 */
const RELEASES = `#!/bin/bash
set -uo pipefail
base=http://metadata.google.internal/computeMetadata/v1/instance
metadata() { curl --silent --fail --header 'Metadata-Flavor: Google' "$@"; }
report() { # revision, result
  metadata --request PUT --data "$1 $(date +%s) $2" "$base/guest-attributes/portolan/release"
}
script=/usr/local/sbin/portolan-release
etag=0
while true; do
  headers=$(mktemp)
  if metadata --max-time 330 --dump-header "$headers" --output "$script.next" \\
    "$base/attributes/${RELEASE_KEY}?wait_for_change=true&timeout_sec=300&last_etag=$etag"; then
    etag=$(tr -d '\\r' < "$headers" | sed -n 's/^[Ee][Tt][Aa][Gg]: //p')
    revision=$(sha256sum "$script.next" | cut -c 1-12)
    if [ "$(cat ${CONFIG}/released 2> /dev/null)" != "$revision" ]; then
      install -m 0700 "$script.next" "$script"
      if "$script" > /var/log/portolan-release.log 2>&1; then
        echo "$revision" > ${CONFIG}/released
        report "$revision" released
      else
        report "$revision" "failed: $(tail -n 5 /var/log/portolan-release.log | tr '\\n' ' ' | cut -c 1-400)"
        etag=0
        sleep 120
      fi
      logger --tag portolan-release < /var/log/portolan-release.log
    fi
  else
    sleep 10
  fi
  rm -f "$headers"
done
`;
