import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";
import { egress, group, ingress, openEgress } from "../../../lib/deployability/aws/network.samples";

const service = (securityGroups: unknown = [{ ref: "task.id" }]) =>
  resource(
    "aws:ecs/service:Service",
    { networkConfiguration: { subnets: ["subnet-a"], securityGroups } },
    "svc",
  );
const all = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];

export const fixtures: Fixtures = {
  good: [
    passes(group("task"), openEgress("task"), service()),
    passes(group("task", { egress: all }), service()),
    passes(group("task"), egress("task", 443, "task"), service()),
    passes(group("task")),
    passes(
      group("task"),
      group("out"),
      openEgress("out"),
      service([{ ref: "task.id" }, { ref: "out.id" }]),
    ),
    passes(
      group("task"),
      resource("aws:ec2/securityGroupRule:SecurityGroupRule", {
        type: "egress",
        securityGroupId: { ref: "task.id" },
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: ["0.0.0.0/0"],
      }),
      service(),
    ),
  ],
  bad: [
    violates(group("task"), service()),
    violates(group("task"), ingress("task", 8080, "task"), service()),
    violates(group("task", { egress: [] }), service()),
    violates(group("task"), egress("task", 5432, "task"), service()),
    violates(
      group("task"),
      resource("aws:lambda/function:Function", {
        vpcConfig: { subnetIds: ["subnet-a"], securityGroupIds: [{ ref: "task.id" }] },
      }),
    ),
    violates(
      group("task"),
      resource("aws:ec2/instance:Instance", {
        subnetId: "subnet-a",
        vpcSecurityGroupIds: [{ ref: "task.id" }],
      }),
    ),
  ],
  missing: [passes(service(null)), passes(group("task"), resource("aws:ecs/service:Service", {}))],
  unknown: [
    passes(group("task"), service(unknown)),
    passes(service(["sg-1"])),
    passes(group("task", { egress: unknown }), service()),
  ],
  wrongType: [passes(group("task"), service(7))],
};
