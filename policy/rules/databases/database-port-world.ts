import { firewallChecks } from "../../lib/net/firewall-checks";
import { DATABASE_PORTS, isDatabasePort, portsIn } from "../../lib/net/ports";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "database-port-world",
  title: "No firewall lets the internet reach a database port",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "A store anybody can connect to is guarded by its password and its last patch alone; scanners find it in minutes.",
  fix: {
    aws: "Allow the port from the security group of the workload that uses it (referencedSecurityGroupId, securityGroups), not from an address range.",
    azure:
      "Allow the port from the subnet of the workload (sourceAddressPrefix), not from Internet or *.",
    gcp: "Allow the port from the workload's tag, service account or subnet range (sourceTags, sourceRanges).",
  },
  controls: { nist: ["SC-7", "AC-4", "CA-9"], cis: ["4.4", "12.2"] },
  ...firewallChecks((settings) => {
    const extra = Object.fromEntries(settings.databasePorts.map((port) => [port, "configured"]));
    const ports = { ...DATABASE_PORTS, ...extra };
    return (range, protocol) =>
      portsIn(range, ports).filter(({ from }) => from in extra || isDatabasePort(from, protocol));
  }),
};
