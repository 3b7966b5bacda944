import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import { group, ingress, net, subnet } from "../../../lib/deployability/aws/network.samples";

const database = (props: object = {}) =>
  resource(
    "aws:rds/instance:Instance",
    { engine: "postgres", vpcSecurityGroupIds: [{ ref: "dbsg.id" }], ...props },
    "db",
  );
const cache = resource(
  "aws:elasticache/replicationGroup:ReplicationGroup",
  { securityGroupIds: [{ ref: "dbsg.id" }] },
  "cache",
);
const task = resource(
  "aws:ecs/taskDefinition:TaskDefinition",
  {
    containerDefinitions: {
      json: [{ name: "web", environment: [{ name: "HOST", value: { ref: "db.address" } }] }],
    },
  },
  "td",
);
const service = resource(
  "aws:ecs/service:Service",
  {
    taskDefinition: { ref: "td.arn" },
    networkConfiguration: { subnets: [{ ref: "a.id" }], securityGroups: [{ ref: "task.id" }] },
  },
  "svc",
);
const groups = [...net, subnet("a"), group("task"), group("other"), group("dbsg")];
const used = [...groups, task, service];

export const fixtures: Fixtures = {
  good: [
    passes(...groups, ingress("dbsg", 5432, "task"), database()),
    passes(...used, ingress("dbsg", 5432, "task"), database()),
    passes(...used, ingress("dbsg", 5432, { cidrIpv4: "10.0.0.0/16" }), database()),
    passes(...groups, ingress("dbsg", 3306, "task"), database({ engine: "mysql" })),
    passes(...groups, ingress("dbsg", 6000, "task"), database({ port: 6000 })),
    passes(...groups, ingress("dbsg", 6379, "task"), cache),
  ],
  bad: [
    violates(...groups, ingress("dbsg", 3306, "task"), database()),
    violates(...groups, database()),
    violates(...groups, ingress("dbsg", 5432, "task"), database({ port: 6000 })),
    violates(...used, ingress("dbsg", 5432, "other"), database()),
    violates(...groups, ingress("dbsg", 6378, "task"), cache),
    violates(...used, ingress("dbsg", 5432, { cidrIpv4: "10.9.0.0/16" }), database()),
  ],
  missing: [passes(...groups, database({ vpcSecurityGroupIds: undefined }))],
  unknown: [
    waits(...used, database({ vpcSecurityGroupIds: ["sg-1"] })),
    passes(...groups, database({ port: unknown })),
    waits(
      ...used,
      ingress("dbsg", 5432, "other"),
      {
        ...task,
        props: { containerDefinitions: unknown },
        propertyDependencies: { containerDefinitions: ["db"] },
      },
      database({ vpcSecurityGroupIds: unknown }),
    ),
  ],
  wrongType: [passes(...groups, database({ vpcSecurityGroupIds: 7 }))],
};
