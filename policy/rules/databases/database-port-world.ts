import { AWS_OPENING_TYPES, awsOpenings } from "../../lib/net/aws";
import { DATABASE_PORTS, portsIn } from "../../lib/net/ports";
import { reportOpenings } from "../../lib/net/report";
import { forTypes, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "database-port-world",
  title: "No firewall lets the internet reach a database port",
  severity: "critical",
  category: "public-database",
  profile: "baseline",
  why: "A store anybody can connect to is guarded by its password and its last patch alone; scanners find it in minutes.",
  fix: {
    aws: "Allow the port from the security group of the workload that uses it (referencedSecurityGroupId, securityGroups), not from an address range.",
  },
  controls: { nist: ["SC-7", "AC-4", "CA-9"], cis: ["4.4", "12.2"] },
  check: forTypes(AWS_OPENING_TYPES, (resource, { settings }) => {
    const extra = Object.fromEntries(settings.databasePorts.map((port) => [port, "configured"]));
    const ports = { ...DATABASE_PORTS, ...extra };
    return reportOpenings(awsOpenings(resource), settings, (range) => portsIn(range, ports));
  }),
};
