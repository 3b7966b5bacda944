import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const vpc = (props: object = { enableDnsHostnames: true }) =>
  resource("aws:ec2/vpc:Vpc", props, "vpc");
const subnet = (name: string, zone: string) =>
  resource("aws:ec2/subnet:Subnet", { vpcId: { ref: "vpc.id" }, availabilityZone: zone }, name);
const a = subnet("a", "eu-west-1a");
const b = subnet("b", "eu-west-1b");
const files = resource("aws:efs/fileSystem:FileSystem", {}, "fs");
const mount = (name: string, on: string) =>
  resource(
    "aws:efs/mountTarget:MountTarget",
    { fileSystemId: { ref: "fs.id" }, subnetId: { ref: `${on}.id` } },
    name,
  );
const task = (fileSystemId: unknown = { ref: "fs.id" }) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { volumes: [{ name: "f", efsVolumeConfiguration: { fileSystemId } }] },
    "td",
  );
const service = (
  dependsOn: string[],
  subnets: string[] = ["a", "b"],
  taskDefinition: unknown = { ref: "td.arn" },
) =>
  resource(
    "aws:ecs/service:Service",
    {
      taskDefinition,
      networkConfiguration: { subnets: subnets.map((name) => ({ ref: `${name}.id` })) },
    },
    "svc",
    { opts: { dependsOn } },
  );
const net = [vpc(), a, b];

export const fixtures: Fixtures = {
  good: [
    passes(...net, files, mount("ma", "a"), mount("mb", "b"), task(), service(["ma", "mb"])),
    passes(...net, files, mount("ma", "a"), task(), service(["ma"], ["a"])),
    passes(...net, files, resource("aws:ecs/taskDefinition:TaskDefinition", {}, "td"), service([])),
    passes(...net, files, mount("ma", "a"), mount("mb", "b")),
  ],
  bad: [
    violates(...net, files, mount("ma", "a"), mount("mb", "b"), task(), service(["ma"])),
    violates(...net, files, task(), service([])),
    violates(...net, files, mount("ma", "a"), task(), service(["ma"])),
    violates(...net, subnet("c", "eu-west-1a"), files, mount("ma", "a"), mount("mc", "c")),
    violates(
      vpc({}),
      a,
      b,
      files,
      mount("ma", "a"),
      mount("mb", "b"),
      task(),
      service(["ma", "mb"]),
    ),
    violates(
      vpc({ enableDnsHostnames: true, enableDnsSupport: false }),
      a,
      files,
      mount("ma", "a"),
      task(),
      service(["ma"], ["a"]),
    ),
  ],
  missing: [passes(...net, files, task(null), service([]))],
  unknown: [
    waits(...net, files, service([], ["a"], unknown)),
    passes(...net, task("fs-1"), service([])),
  ],
  wrongType: [passes(...net, files, task(7), service([]))],
};
