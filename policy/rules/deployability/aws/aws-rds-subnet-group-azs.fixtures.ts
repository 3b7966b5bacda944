import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (name: string, availabilityZone: unknown, vpcId: unknown = { ref: "vpc.id" }) =>
  resource("aws:ec2/subnet:Subnet", { availabilityZone, vpcId }, name);
const group = (...subnetIds: unknown[]) =>
  resource("aws:rds/subnetGroup:SubnetGroup", { subnetIds }, "sng");
const a = subnet("a", "eu-west-1a");
const b = subnet("b", "eu-west-1b");
const both = group({ ref: "a.id" }, { ref: "b.id" });
const vpc = (name = "vpc") => resource("aws:ec2/vpc:Vpc", {}, name);
const security = (vpcId: unknown = { ref: "vpc.id" }) =>
  resource("aws:ec2/securityGroup:SecurityGroup", { vpcId }, "sg");
const database = (props: object = { dbSubnetGroupName: { ref: "sng.name" } }) =>
  resource(
    "aws:rds/instance:Instance",
    { vpcSecurityGroupIds: [{ ref: "sg.id" }], ...props },
    "db",
  );
const cache = (list: unknown[]) => [
  resource("aws:elasticache/subnetGroup:SubnetGroup", { subnetIds: list }, "csg"),
  resource("aws:elasticache/replicationGroup:ReplicationGroup", {
    multiAzEnabled: true,
    subnetGroupName: { ref: "csg.name" },
  }),
];

export const fixtures: Fixtures = {
  good: [
    passes(a, b, both),
    passes(vpc(), a, b, both, security(), database()),
    passes(a, b, ...cache([{ ref: "a.id" }, { ref: "b.id" }])),
    passes(security("vpc-1"), database({})),
    passes(a, b, subnet("c", unknown), group({ ref: "a.id" }, { ref: "b.id" }, { ref: "c.id" })),
  ],
  bad: [
    violates(a, subnet("b", "eu-west-1a"), both),
    violates(a, group({ ref: "a.id" })),
    violates(group("subnet-a")),
    violates(vpc(), vpc("other"), a, b, both, security({ ref: "other.id" }), database()),
    violates(vpc(), security(), database({})),
    violates(a, subnet("b", "eu-west-1a"), ...cache([{ ref: "a.id" }, { ref: "b.id" }])),
    violates(vpc(), vpc("other"), a, subnet("b", "eu-west-1b", { ref: "other.id" }), both),
  ],
  missing: [
    passes(resource("aws:rds/subnetGroup:SubnetGroup", {})),
    waits(a, subnet("b", undefined), both),
  ],
  unknown: [
    waits(a, subnet("b", unknown), both),
    waits(group("subnet-a", "subnet-b")),
    waits(resource("aws:rds/subnetGroup:SubnetGroup", { subnetIds: unknown })),
  ],
  wrongType: [violates(resource("aws:rds/subnetGroup:SubnetGroup", { subnetIds: 7 }))],
};
