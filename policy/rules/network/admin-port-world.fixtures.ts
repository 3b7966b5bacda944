import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const group = (...ingress: object[]) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { ingress });
const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };
const firewall = (props: object, name = "it") =>
  resource("gcp:compute/firewall:Firewall", { network: "default", ...props }, name);
const nsg = (...securityRules: object[]) =>
  resource("azure-native:network:NetworkSecurityGroup", { securityRules });
const rdp = {
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  priority: 300,
  destinationPortRange: "3389",
  sourceAddressPrefix: "*",
};

export const fixtures: Fixtures = {
  good: [
    group({ ...ssh, cidrBlocks: ["198.51.100.0/24"] }),
    group({ protocol: "udp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
    firewall({ sourceRanges: ["35.235.240.0/20"], allows: [{ protocol: "tcp", ports: ["22"] }] }),
    firewall({ direction: "EGRESS", allows: [{ protocol: "all" }] }),
    nsg(rdp, { ...rdp, access: "Deny", priority: 200, protocol: "*", destinationPortRange: "*" }),
    nsg({ ...rdp, sourceAddressPrefix: "VirtualNetwork" }),
  ],
  bad: [
    group({ ...ssh, cidrBlocks: ["0.0.0.0/0"] }),
    group({ ...ssh, self: true, cidrBlocks: ["0.0.0.0/0"] }),
    group({ protocol: "all", cidrBlocks: ["0.0.0.0/0"] }),
    firewall({ allows: [{ protocol: "tcp", ports: ["20-25"] }] }),
    nsg(rdp),
    resource("docker:index/container:Container", {
      image: "docker:dind",
      ports: [{ internal: 2375, external: 2375 }],
    }),
    nsg({
      ...rdp,
      sourceAddressPrefix: "internet",
      destinationPortRange: "",
      destinationPortRanges: ["80", "3380-3390"],
    }),
    nsg(rdp, { ...rdp, access: "Deny", priority: 400 }),
  ],
  missing: [passes(group()), passes(nsg()), violates(firewall({ allows: [{ protocol: "tcp" }] }))],
  unknown: [
    group({ ...ssh, cidrBlocks: unknown }),
    nsg({ ...rdp, sourceAddressPrefix: unknown }),
    nsg({ ...rdp, destinationPortRange: unknown }),
    firewall({ sourceRanges: unknown, allows: [{ protocol: "tcp", ports: ["22"] }] }),
  ],
  wrongType: [
    passes(group({ ...ssh, cidrBlocks: { a: 1 } })),
    waits(resource("aws:ec2/securityGroup:SecurityGroup", { ingress: [unknown] })),
    passes(nsg({ ...rdp, sourceAddressPrefix: 7 })),
  ],
};
