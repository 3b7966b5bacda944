import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";
import {
  egress,
  group,
  ingress,
  net,
  openEgress,
  subnet,
} from "../../../lib/deployability/aws/network.samples";

const files = resource("aws:efs/fileSystem:FileSystem", {}, "fs");
const mount = (props: object = { securityGroups: [{ ref: "nfs.id" }] }) =>
  resource(
    "aws:efs/mountTarget:MountTarget",
    { fileSystemId: { ref: "fs.id" }, subnetId: { ref: "a.id" }, ...props },
    "mt",
  );
const task = (fileSystemId: unknown = { ref: "fs.id" }) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      volumes: [{ name: "f", efsVolumeConfiguration: { fileSystemId } }],
      containerDefinitions: "[]",
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
const all = [...net, subnet("a"), group("task"), group("nfs"), files, service];

export const fixtures: Fixtures = {
  good: [
    passes(...all, mount(), task(), openEgress("task"), ingress("nfs", 2049, "task")),
    passes(
      ...all,
      mount(),
      task(),
      egress("task", 2049, "nfs"),
      ingress("nfs", undefined, { cidrIpv4: "10.0.0.0/16" }),
    ),
    passes(...all, mount(), resource("aws:ecs/taskDefinition:TaskDefinition", {}, "td")),
  ],
  bad: [
    violates(...all, mount(), task(), openEgress("task")),
    violates(...all, mount(), task(), openEgress("task"), ingress("nfs", 443, "task")),
    violates(...all, mount(), task(), ingress("nfs", 2049, "task")),
    violates(...all, mount(), task(), openEgress("task"), ingress("nfs", 2049, "nfs")),
    violates(...all, mount({}), task(), openEgress("task")),
  ],
  missing: [passes(...all, mount(), task(null), openEgress("task"))],
  unknown: [
    waits(...all, mount({ securityGroups: unknown }), task(), openEgress("task")),
    waits(...all, mount({ securityGroups: ["sg-1"] }), task(), openEgress("task")),
  ],
  wrongType: [passes(...all, mount(), task(7))],
};
