import { firewallChecks } from "../../lib/net/firewall-checks";
import { ADMIN_PORTS, DATABASE_PORTS } from "../../lib/net/ports";
import type { Rule } from "../../lib/rule";

/** From here on it is a wide range, which has a rule of its own. */
const MANY = 1000;

export const rule: Rule = {
  id: "ingress-other-port",
  title: "The internet reaches the ports of the edge only",
  severity: "medium",
  category: "open-ingress",
  profile: "strict",
  why: "A service that is reached past the edge has none of its TLS, rate limits, filters and logs.",
  fix: {
    aws: "Serve it through the load balancer on 443, or name the port under settings.publicPorts.",
    azure: "Serve it through the edge on 443, or name the port under settings.publicPorts.",
    gcp: "Serve it through the load balancer on 443, or name the port under settings.publicPorts.",
  },
  controls: { nist: ["SC-7", "CM-7"], cis: ["4.4"] },
  ...firewallChecks((settings) => (range) => {
    // Ports with a rule of their own are not told twice.
    const others = new Set([...settings.publicPorts, ...settings.databasePorts]);
    const told = (port: number): boolean =>
      others.has(port) || port in DATABASE_PORTS || port in ADMIN_PORTS;
    if (range.to - range.from >= MANY) return [];
    const ports = Array.from(
      { length: range.to - range.from + 1 },
      (_, index) => range.from + index,
    );
    return ports
      .filter((port) => !told(port))
      .map((port) => ({ from: port, to: port, label: String(port) }));
  }),
};
