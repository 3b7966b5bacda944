import { CONFIG, DATA } from "../machine/release";
import { writeFile } from "../machine/shell";
import { BACKUP_TIMER, BACKUP_UNIT, FIREWALL_UNIT } from "../machine/units";

/**
 * First boot of a new machine. It changes only with the setup itself, since a change replaces the
 * machine: what runs on it comes with every release. Docker comes from the distribution, and with
 * it its patches.
 */
export function setupScript(): string {
  return `#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
# The data disk is attached while the machine starts.
device=/dev/disk/azure/scsi1/lun0
for attempt in $(seq 1 300); do [ -b "$device" ] && break; sleep 2; done
# A disk that has files on it is never formatted again.
blkid "$device" > /dev/null || mkfs.xfs "$device"
mkdir -p ${DATA}
echo "$device ${DATA} xfs defaults,nofail 0 2" >> /etc/fstab
mount ${DATA}
install -d -m 0700 ${CONFIG} ${DATA}/portolan
install -d /etc/docker /etc/systemd/system/docker.service.d
${writeFile("/etc/docker/daemon.json", "0644", JSON.stringify(DAEMON, null, 2))}
${writeFile("/etc/systemd/system/docker.service.d/data.conf", "0644", `[Unit]\nRequiresMountsFor=${DATA}`)}
${writeFile("/etc/systemd/system/portolan-firewall.service", "0644", FIREWALL_UNIT)}
${writeFile("/etc/systemd/system/portolan-backup.service", "0644", BACKUP_UNIT)}
${writeFile("/etc/systemd/system/portolan-backup.timer", "0644", BACKUP_TIMER)}
apt-get update
apt-get install --yes --no-install-recommends docker.io jq gnupg curl iptables xfsprogs
systemctl daemon-reload
systemctl enable portolan-firewall
# Nobody signs in to this machine: releases come through Azure's agent.
systemctl disable --now ssh.service ssh.socket || true
`;
}

/**
 * Also for containers that the host's own make: their lines go to the machine's log, which the agent
 * of Azure Monitor reads, and they gain no privileges.
 */
const DAEMON = {
  "data-root": `${DATA}/docker`,
  "live-restore": true,
  "no-new-privileges": true,
  "log-driver": "syslog",
  "log-opts": {
    "syslog-address": "unixgram:///dev/log",
    "syslog-facility": "local0",
    tag: "{{.Name}}",
  },
};
