import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import {
  group,
  net,
  openEgress,
  PUBLIC,
  WITH_NAT,
} from "../../../lib/deployability/aws/network.samples";

const task = resource(
  "aws:ecs/taskDefinition:TaskDefinition",
  { containerDefinitions: { json: [{ name: "web", image: "public.example.com/web:1" }] } },
  "td",
);
const service = (assignPublicIp: unknown, subnet = "pub") =>
  resource(
    "aws:ecs/service:Service",
    {
      taskDefinition: { ref: "td.arn" },
      networkConfiguration: {
        subnets: [{ ref: `${subnet}.id` }],
        securityGroups: [{ ref: "task.id" }],
        assignPublicIp,
      },
    },
    "svc",
  );
const all = [...net, ...PUBLIC, group("task"), openEgress("task"), task];
const logs = [
  group("vpce", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }],
  }),
  resource(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {
      vpcId: { ref: "vpc.id" },
      serviceName: "com.amazonaws.eu-west-1.logs",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [{ ref: "pub.id" }],
      securityGroupIds: [{ ref: "vpce.id" }],
    },
    "e",
  ),
];
const logging = resource(
  "aws:ecs/taskDefinition:TaskDefinition",
  { containerDefinitions: { json: [{ name: "web", logConfiguration: { logDriver: "awslogs" } }] } },
  "td",
);

export const fixtures: Fixtures = {
  good: [
    passes(...all, service(true)),
    passes(...all, service("true")),
    passes(...net, ...WITH_NAT, group("task"), openEgress("task"), task, service(false, "priv")),
    passes(...all.slice(0, -1), logging, ...logs, service(false)),
  ],
  bad: [
    violates(...all, service(false)),
    violates(...all.slice(0, -1), logging, service(false)),
    violates(...all, ...logs, service(false)),
  ],
  missing: [violates(...all, service(undefined)), passes(resource("aws:ecs/service:Service", {}))],
  unknown: [
    waits(...all, service(unknown)),
    passes(
      task,
      resource("aws:ecs/service:Service", { networkConfiguration: { subnets: ["subnet-a"] } }),
    ),
  ],
  wrongType: [violates(...all, service(7))],
};
