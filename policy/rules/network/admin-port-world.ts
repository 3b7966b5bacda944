import { firewallChecks } from "../../lib/net/firewall-checks";
import { ADMIN_PORTS, portsIn } from "../../lib/net/ports";
import type { Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "admin-port-world",
  title: "No firewall lets the internet reach a port of administration",
  severity: "critical",
  category: "admin-port",
  profile: "baseline",
  why: "SSH, RDP and remote APIs open to everybody are tried with stolen and guessed credentials all day.",
  fix: {
    aws: "Remove the rule and use Session Manager or ECS Exec, or limit it to a management network.",
    azure: "Remove the rule and use Bastion, or limit sourceAddressPrefix to a management network.",
    gcp: "Remove the rule and use Identity-Aware Proxy (sourceRanges 35.235.240.0/20).",
  },
  controls: { nist: ["AC-17", "SC-7", "CA-9"], cis: ["4.4", "12.8", "13.5"] },
  ...firewallChecks(
    () => (range, protocol) => (protocol === "udp" ? [] : portsIn(range, ADMIN_PORTS)),
  ),
};
