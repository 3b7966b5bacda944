import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const machine = (userData: unknown) => resource("aws:ec2/instance:Instance", { userData });
const parameter = (props: object) => resource("aws:ssm/parameter:Parameter", props);
const docker = (...command: unknown[]) => resource("docker:index/container:Container", { command });

export const fixtures: Fixtures = {
  good: [
    machine("#!/bin/sh\ndnf install -y nginx"),
    parameter({ type: "SecureString", name: "/app/db-password" }),
    parameter({ type: "String", name: "/app/log-level", value: "info" }),
    docker("redis-server", "--appendonly", "yes"),
    resource("docker-build:index:Image", { buildArgs: { NODE_VERSION: "22" } }),
  ],
  bad: [
    machine("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"),
    machine(Buffer.from("url=postgres://app:hunter22@db/app").toString("base64")),
    parameter({ type: "String", name: "/app/db-password", value: "x" }),
    docker("redis-server", "--requirepass", "hunter22"),
    resource("docker-build:index:Image", { buildArgs: { NPM_TOKEN: "abc" } }),
  ],
  missing: [passes(machine(undefined)), passes(docker())],
  unknown: [machine(unknown), parameter({ type: unknown })],
  wrongType: [passes(machine({})), passes(docker(5, [], {}))],
};
