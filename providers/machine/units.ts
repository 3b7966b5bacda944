/** Docker makes its chain anew when it starts; the first release brings the script. */
export const FIREWALL_UNIT = `[Unit]
After=docker.service
PartOf=docker.service
ConditionPathExists=/usr/local/sbin/portolan-firewall
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/portolan-firewall
[Install]
WantedBy=docker.service`;

export const BACKUP_UNIT =
  "[Service]\nType=oneshot\nExecStart=/usr/local/sbin/portolan-backup daily";

export const BACKUP_TIMER = `[Timer]
OnCalendar=*-*-* 03:00:00
RandomizedDelaySec=600
Persistent=true
[Install]
WantedBy=timers.target`;
