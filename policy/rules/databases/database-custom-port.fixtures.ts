import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const store = (port: unknown, groups: unknown = [{ ref: "db.id" }]) =>
  resource("aws:rds/instance:Instance", { port, vpcSecurityGroupIds: groups }, "store");
const group = (port: number, name = "db", cidr = "0.0.0.0/0") =>
  resource(
    "aws:ec2/securityGroup:SecurityGroup",
    { ingress: [{ protocol: "tcp", fromPort: port, toPort: port, cidrBlocks: [cidr] }] },
    name,
  );
const standalone = resource(
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  {
    securityGroupId: { ref: "db.id" },
    ipProtocol: "tcp",
    fromPort: 6543,
    toPort: 6543,
    cidrIpv4: "0.0.0.0/0",
  },
  "rule",
);
const app = (url: unknown) =>
  resource(
    "docker:index/container:Container",
    { image: "acme/web:1", envs: [`DATABASE_URL=${url}`] },
    "app",
  );

export const fixtures: Fixtures = {
  good: [
    passes(store(6543), group(6543, "db", "10.0.0.0/8")),
    passes(store(6543), group(443)),
    passes(store(443), group(443, "edge"), group(443, "db", "10.0.0.0/8")),
    passes(app("postgres://app@db.internal:6543/app"), group(8080, "web")),
  ],
  bad: [
    violates(store(6543), group(6543)),
    violates(store(6543), group(1, "db", "10.0.0.0/8"), standalone),
    violates(store(443), group(443)),
    violates(app("postgres://app@db.internal:6543/app"), group(6543, "web")),
    violates(store(6543, undefined), group(6543)),
  ],
  missing: [passes(store(undefined), group(6543))],
  // The firewall rules of the pack list unknown ports and sources; this one only adds ports to look for.
  unknown: [passes(store(unknown), group(6543))],
  wrongType: [passes(store([], 5), group(6543))],
};
