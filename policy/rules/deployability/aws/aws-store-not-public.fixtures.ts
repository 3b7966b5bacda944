import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import {
  group,
  ingress,
  net,
  PRIVATE,
  PUBLIC,
} from "../../../lib/deployability/aws/network.samples";

const database = (props: object = {}) =>
  resource(
    "aws:rds/instance:Instance",
    {
      engine: "postgres",
      vpcSecurityGroupIds: [{ ref: "dbsg.id" }],
      dbSubnetGroupName: { ref: "sng.name" },
      ...props,
    },
    "db",
  );
const subnets = (...names: string[]) =>
  resource(
    "aws:rds/subnetGroup:SubnetGroup",
    { subnetIds: names.map((name) => ({ ref: `${name}.id` })) },
    "sng",
  );
const all = [...net, ...PUBLIC, ...PRIVATE, group("task"), group("dbsg")];

export const fixtures: Fixtures = {
  good: [
    passes(...all, subnets("priv"), ingress("dbsg", 5432, "task"), database()),
    passes(
      ...all,
      subnets("priv"),
      ingress("dbsg", 5432, { cidrIpv4: "10.0.0.0/16" }),
      database({ publiclyAccessible: false }),
    ),
    passes(...all, subnets("priv"), ingress("dbsg", 443, { cidrIpv4: "0.0.0.0/0" }), database()),
  ],
  bad: [
    violates(...all, subnets("priv"), database({ publiclyAccessible: true })),
    violates(...all, subnets("priv", "pub"), database()),
    violates(...all, subnets("priv"), ingress("dbsg", 5432, { cidrIpv4: "0.0.0.0/0" }), database()),
    violates(database({ publiclyAccessible: "true" })),
    violates(
      ...all,
      subnets("priv"),
      ingress("dbsg", undefined, { cidrIpv4: "0.0.0.0/0" }),
      database(),
    ),
  ],
  missing: [
    passes(...all, database({ dbSubnetGroupName: undefined, vpcSecurityGroupIds: undefined })),
  ],
  unknown: [
    waits(...all, subnets("priv"), database({ publiclyAccessible: unknown })),
    passes(database({ dbSubnetGroupName: "own" })),
  ],
  wrongType: [passes(database({ publiclyAccessible: 7 }))],
};
