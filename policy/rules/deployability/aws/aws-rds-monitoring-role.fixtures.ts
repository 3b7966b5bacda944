import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const POLICY = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";
const role = (service: unknown = "monitoring.rds.amazonaws.com", more: object = {}) =>
  resource(
    "aws:iam/role:Role",
    {
      assumeRolePolicy: {
        json: {
          Statement: [
            { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
          ],
        },
      },
      ...more,
    },
    "watcher",
  );
const attachment = resource(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  { role: { ref: "watcher.name" }, policyArn: POLICY },
  "attached",
);
const database = (props: object = {}, dependsOn = ["attached"]) =>
  resource(
    "aws:rds/instance:Instance",
    { monitoringInterval: 60, monitoringRoleArn: { ref: "watcher.arn" }, ...props },
    "db",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(role(), attachment, database()),
    passes(role(undefined, { managedPolicyArns: [POLICY] }), database()),
    passes(database({ monitoringInterval: 0, monitoringRoleArn: undefined })),
    passes(database({ monitoringInterval: unknown, monitoringRoleArn: unknown })),
  ],
  bad: [
    violates(database({ monitoringRoleArn: undefined })),
    violates(database({ monitoringInterval: "60", monitoringRoleArn: "" })),
    violates(database({ monitoringInterval: 20 })),
    violates(role("rds.amazonaws.com"), attachment, database()),
    violates(role(), attachment, database({}, [])),
    violates(role(), database()),
  ],
  missing: [passes(database({ monitoringInterval: undefined, monitoringRoleArn: undefined }))],
  unknown: [
    waits(database({ monitoringInterval: unknown, monitoringRoleArn: undefined })),
    waits(role(unknown), attachment, database()),
    waits(database({ monitoringRoleArn: "arn:aws:iam::111122223333:role/watcher" })),
    waits(role(), { ...attachment, props: { role: unknown, policyArn: POLICY } }, database()),
  ],
  wrongType: [passes(database({ monitoringInterval: "often", monitoringRoleArn: undefined }))],
};
