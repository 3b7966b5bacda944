import { firewallChecks } from "../../lib/net/firewall-checks";
import type { Rule } from "../../lib/rule";

/** More ports at once than any one service listens on. */
const MANY = 1000;

export const rule: Rule = {
  id: "ingress-every-port",
  title: "No firewall opens a wide range of ports to the internet",
  severity: "high",
  category: "open-ingress",
  profile: "baseline",
  why: "Whatever starts to listen behind such a rule is on the internet at once, without anybody deciding it.",
  fix: {
    aws: "Name the one port that is served, and only at the edge.",
    azure: "Name the one port that is served (destinationPortRange), and only at the edge.",
    gcp: "Name the one port that is served (allows[].ports), and only at the edge.",
  },
  controls: { nist: ["SC-7", "SC-7(5)", "CM-7"], cis: ["4.4", "12.2"] },
  ...firewallChecks(
    () => (range) =>
      range.to - range.from >= MANY ? [{ ...range, label: `${range.from} to ${range.to}` }] : [],
  ),
};
