import { word } from "../machine/shell";
import { file } from "./shell";

/** What the machine must know before it has heard of any container. */
export interface HostSetup {
  readonly region: string;
  readonly volumeId: string;
  readonly logGroup: string;
  readonly namespace: string;
  readonly hostName: string;
}

/** Where the data disk is mounted; Docker keeps images and volumes on it. */
export const DATA = "/data";

/** Root-only files of the host: secrets, scripts, lists. */
export const CONFIG = "/etc/portolan";

/**
 * First boot of a new machine. It changes only with the setup itself, since a change replaces the
 * machine: what runs on it comes with every release.
 */
export function setupScript(setup: HostSetup): string {
  return `#!/bin/bash
set -euo pipefail
# The disk is attached while the machine starts.
volume=${setup.volumeId}
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_\${volume/-/}
for attempt in $(seq 1 300); do [ -b "$device" ] && break; sleep 2; done
# A disk that has files on it is never formatted again.
blkid "$device" || mkfs.xfs "$device"
mkdir -p ${DATA}
echo "$device ${DATA} xfs defaults,nofail 0 2" >> /etc/fstab
mount ${DATA}
install -d -m 0700 ${CONFIG} ${CONFIG}/secrets ${DATA}/portolan
dnf --assumeyes --releasever=latest upgrade
dnf --assumeyes install docker iptables-nft amazon-cloudwatch-agent
install -d /etc/docker /etc/systemd/system/docker.service.d
${file("/etc/docker/daemon.json", "0644", JSON.stringify(daemon(setup), null, 2))}
${file("/etc/systemd/system/docker.service.d/data.conf", "0644", `[Unit]\nRequiresMountsFor=${DATA}`)}
${file("/etc/systemd/system/portolan-firewall.service", "0644", FIREWALL)}
${file("/opt/aws/amazon-cloudwatch-agent/etc/portolan.json", "0644", JSON.stringify(agent(setup), null, 2))}
systemctl daemon-reload
systemctl enable --now docker portolan-firewall
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl \\
  -a fetch-config -m ec2 -s -c ${word("file:/opt/aws/amazon-cloudwatch-agent/etc/portolan.json")}
`;
}

/** Also for containers that the host's own make: their logs are kept, and they gain no privileges. */
const daemon = ({ region, logGroup }: HostSetup): object => ({
  "data-root": `${DATA}/docker`,
  "live-restore": true,
  "no-new-privileges": true,
  "log-driver": "awslogs",
  "log-opts": {
    "awslogs-region": region,
    "awslogs-group": logGroup,
    tag: "{{.Name}}",
    mode: "non-blocking",
    "max-buffer-size": "25m",
  },
});

/**
 * No container asks the metadata service for the machine's credentials. Its limit of one hop keeps
 * them out already; this also holds if somebody raises it. Docker starts with an empty chain.
 */
const FIREWALL = `[Unit]
After=docker.service
PartOf=docker.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'iptables -C DOCKER-USER -d 169.254.169.254/32 -j DROP || iptables -I DOCKER-USER -d 169.254.169.254/32 -j DROP'
[Install]
WantedBy=docker.service`;

const agent = ({ namespace, hostName }: HostSetup): object => ({
  agent: { metrics_collection_interval: 60, omit_hostname: true },
  metrics: {
    namespace,
    metrics_collected: {
      disk: {
        measurement: ["used_percent"],
        resources: ["/", DATA],
        drop_device: true,
        append_dimensions: { Host: hostName },
      },
    },
  },
});
