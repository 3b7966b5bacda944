import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import {
  egress,
  group,
  ingress,
  net,
  openEgress,
  PRIVATE,
  WITH_NAT,
} from "../../../lib/deployability/aws/network.samples";

const ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1";
const task = (container: object) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { containerDefinitions: { json: [{ name: "web", ...container }] } },
    "td",
  );
const service = (subnets: unknown = [{ ref: "priv.id" }]) =>
  resource(
    "aws:ecs/service:Service",
    {
      taskDefinition: { ref: "td.arn" },
      networkConfiguration: { subnets, securityGroups: [{ ref: "task.id" }] },
    },
    "svc",
  );
const endpoint = (name: string, props: object = {}) =>
  resource(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {
      vpcId: { ref: "vpc.id" },
      serviceName: `com.amazonaws.eu-west-1.${name}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [{ ref: "priv.id" }],
      securityGroupIds: [{ ref: "ends.id" }],
      ...props,
    },
    `vpce-${name}`,
  );
const s3 = (routeTableIds: unknown = [{ ref: "rt-priv.id" }]) =>
  endpoint("s3", {
    ...{ vpcEndpointType: "Gateway", routeTableIds },
    ...{ subnetIds: undefined, securityGroupIds: undefined },
  });
const ends = [group("ends"), ingress("ends", 443, "task")];
const own = [...net, ...PRIVATE, group("task"), openEgress("task"), ...ends];
/** A way to the internet that the tasks' group does not open. */
const shut = [...net, ...WITH_NAT, group("task"), egress("task", 443, "ends"), ...ends];
const layers = egress("task", 443, { prefixListId: "pl-1" });
const ecr = task({ image: ECR });
const pull = [endpoint("ecr.api"), endpoint("ecr.dkr")];

export const fixtures: Fixtures = {
  good: [
    passes(...net, ...WITH_NAT, group("task"), openEgress("task"), ecr, service()),
    passes(...shut, layers, ecr, ...pull, s3(), service()),
    passes(...own, ecr, ...pull, s3(), service()),
    passes(
      ...own,
      task({ image: ECR, logConfiguration: { logDriver: "awslogs" } }),
      ...pull,
      s3(),
      endpoint("logs"),
      service(),
    ),
    passes(...own, task({ image: "registry.internal/web:1" }), endpoint("logs"), service()),
  ],
  bad: [
    violates(...shut, layers, ecr, endpoint("ecr.api"), s3(), service()),
    violates(...shut, ecr, ...pull, s3(), service()),
    violates(
      ...own.filter(({ name }) => name !== "ends-in-443"),
      ...[ecr, ...pull, s3(), service()],
    ),
    violates(
      ...own,
      ecr,
      ...["ecr.api", "ecr.dkr"].map((name) => endpoint(name, { privateDnsEnabled: false })),
      s3(),
      service(),
    ),
    violates(...own, ecr, service()),
    violates(...own, ecr, ...pull, service()),
    violates(...own, ecr, ...pull, s3([]), service()),
    violates(...own, task({ image: "nginx:1.27" }), ...pull, s3(), service()),
    violates(
      ...own,
      task({ image: ECR, logConfiguration: { logDriver: "awslogs" } }),
      ...pull,
      s3(),
      service(),
    ),
    violates(
      ...own,
      task({
        image: ECR,
        secrets: [
          { name: "A", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-AbCdEf" },
        ],
      }),
      ...pull,
      s3(),
      service(),
    ),
    violates(
      ...own,
      resource("aws:ecr/repository:Repository", {}, "r"),
      task({ image: { concat: [{ ref: "r.repositoryUrl" }, ":1"] } }),
      endpoint("logs"),
      service(),
    ),
  ],
  missing: [passes(...own, ecr, service(null))],
  unknown: [
    waits(...own, ecr, service(unknown)),
    waits(ecr, service(["subnet-a"])),
    waits(...own, ecr, endpoint("x", { serviceName: unknown }), service()),
  ],
  wrongType: [
    passes(...own, ecr, service([])),
    passes(resource("aws:ecs/service:Service", { networkConfiguration: 7 })),
  ],
};
