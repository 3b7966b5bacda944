import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const group = (...ingress: object[]) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const open = { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"] };
const standalone = (props: object) =>
  resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
    ipProtocol: "tcp",
    fromPort: 6379,
    toPort: 6379,
    ...props,
  });
const legacy = (props: object) =>
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", {
    type: "ingress",
    protocol: "tcp",
    fromPort: 3306,
    toPort: 3306,
    ...props,
  });

const nsg = (...securityRules: object[]) =>
  resource("azure-native:network:NetworkSecurityGroup", { securityRules }, "nsg");
const allow = {
  access: "Allow",
  direction: "Inbound",
  protocol: "*",
  priority: 300,
  destinationPortRange: "5432",
  sourceAddressPrefix: "Internet",
};
const nsgRule = (props: object, name = "rule") =>
  resource(
    "azure-native:network:SecurityRule",
    { networkSecurityGroupName: { ref: "nsg.name" }, ...props },
    name,
  );
const deny = { ...allow, access: "Deny", priority: 100, destinationPortRange: "*" };
const firewall = (props: object, name = "allow") =>
  resource(
    "gcp:compute/firewall:Firewall",
    { network: { ref: "vpc.id" }, allows: [{ protocol: "tcp", ports: ["5432"] }], ...props },
    name,
  );
const network = resource("gcp:compute/network:Network", {}, "vpc");
const refuse = (props: object) =>
  firewall({ allows: undefined, denies: [{ protocol: "all" }], ...props }, "deny");

export const fixtures: Fixtures = {
  good: [
    group({ ...open, cidrBlocks: ["10.0.0.0/8"] }),
    group({ ...open, cidrBlocks: [], securityGroups: ["sg-1"] }),
    group({ ...open, fromPort: 443, toPort: 443 }),
    group({ ...open, protocol: "icmp" }),
    standalone({ cidrIpv4: "203.0.113.7/32" }),
    legacy({ type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
    nsg({ ...allow, sourceAddressPrefix: "VirtualNetwork" }),
    nsg(allow, deny),
    passes(nsg(), nsgRule(allow), nsgRule(deny, "deny")),
    passes(nsg(deny), nsgRule(allow)),
    passes(network, firewall({ sourceTags: ["app"] })),
    passes(network, firewall({ priority: 2000 }), refuse({ priority: 1000 })),
    passes(network, firewall({ sourceRanges: [{ ref: "subnet.ipCidrRange" }] })),
  ],
  bad: [
    group(open),
    group({ ...open, fromPort: 5000, toPort: 6000 }),
    group({ ...open, protocol: "-1", fromPort: 0, toPort: 0 }),
    group({ ...open, protocol: "6", cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
    group({ ...open, cidrBlocks: [], ipv6CidrBlocks: ["0:0:0:0:0:0:0:0/0"] }),
    group({ ...open, cidrBlocks: [unknown, "0.0.0.0/0"] }),
    standalone({ cidrIpv6: "::/0" }),
    standalone({ ipProtocol: "-1", fromPort: undefined, toPort: undefined, cidrIpv4: "0.0.0.0/0" }),
    legacy({ cidrBlocks: ["0.0.0.0/0"] }),
    violates(
      resource(
        "aws:ec2/managedPrefixList:ManagedPrefixList",
        { entries: [{ cidr: "0.0.0.0/0" }] },
        "list",
      ),
      standalone({ prefixListId: { ref: "list.id" } }),
    ),
    nsg(allow),
    nsg({ ...allow, destinationPortRanges: ["443", "5000-6000"], destinationPortRange: undefined }),
    violates(nsg(), nsgRule(allow), nsgRule({ ...deny, priority: 400 }, "deny")),
    nsgRule({ ...allow, sourceAddressPrefix: "0.0.0.0/0" }),
    violates(network, firewall({})),
    violates(network, firewall({ sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] })),
    violates(
      network,
      firewall({ targetTags: ["db"] }),
      refuse({ priority: 10, targetTags: ["web"] }),
    ),
    violates(network, firewall({ priority: 500 }), refuse({ priority: 1000 })),
  ],
  missing: [passes(group()), passes(resource("aws:ec2/securityGroup:SecurityGroup", {}))],
  unknown: [
    group({ ...open, cidrBlocks: [unknown] }),
    group({ ...open, fromPort: unknown }),
    waits(resource("aws:ec2/securityGroup:SecurityGroup", { ingress: unknown })),
    standalone({ prefixListId: "pl-1" }),
  ],
  wrongType: [
    passes(group({ ...open, cidrBlocks: [17, {}] })),
    violates(group({ ...open, fromPort: "5432", toPort: "5432" })),
  ],
};
