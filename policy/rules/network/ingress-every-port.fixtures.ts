import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const group = (...ingress: object[]) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const anyone = { cidrBlocks: ["0.0.0.0/0"] };
const firewall = (props: object) =>
  resource("gcp:compute/firewall:Firewall", { network: "default", ...props });

export const fixtures: Fixtures = {
  good: [
    group({ protocol: "tcp", fromPort: 443, toPort: 443, ...anyone }),
    group({ protocol: "-1", self: true }),
    group({ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }),
    firewall({ allows: [{ protocol: "icmp" }] }),
    firewall({ disabled: true, allows: [{ protocol: "all" }] }),
  ],
  bad: [
    group({ protocol: "-1", fromPort: 0, toPort: 0, ...anyone }),
    group({ protocol: "tcp", fromPort: 1024, toPort: 65535, ...anyone }),
    firewall({ sourceRanges: ["0.0.0.0/0"], allows: [{ protocol: "tcp" }] }),
    resource("gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule", {
      action: "allow",
      direction: "INGRESS",
      priority: 10,
      firewallPolicy: "p",
      match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
    }),
  ],
  missing: [passes(group()), violates(firewall({ allows: [{ protocol: "udp" }] }))],
  unknown: [group({ protocol: unknown, fromPort: 0, toPort: 65535, ...anyone })],
  wrongType: [passes(group({ protocol: "tcp", fromPort: "x", toPort: {}, cidrBlocks: 3 }))],
};
