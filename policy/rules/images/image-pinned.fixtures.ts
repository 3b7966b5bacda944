import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const docker = (image: unknown) => resource("docker:index/container:Container", { image });
const run = (image: unknown) =>
  resource("gcp:cloudrunv2/service:Service", { template: { containers: [{ image }] } });
const task = (image: string) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify([{ name: "web", image }]),
  });

export const fixtures: Fixtures = {
  good: [
    docker("nginx:1.27"),
    docker("registry.example.com:5000/app:2"),
    docker("app:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    docker("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    run({ concat: [{ ref: "repo.url" }, ":1.4.2"] }),
    resource("docker-build:index:Image", { dockerfile: { inline: "FROM node:22 AS a\nFROM a" } }),
  ],
  bad: [
    docker("nginx"),
    docker("nginx:latest"),
    docker("registry.example.com:5000/app"),
    task("acme/web:LATEST"),
    run({ concat: [{ ref: "repo.url" }, ":latest"] }),
    resource("docker:index/remoteImage:RemoteImage", { name: "postgres" }),
    resource("docker-build:index:Image", { dockerfile: { inline: "FROM node" } }),
  ],
  missing: [passes(docker(undefined)), passes(docker(""))],
  unknown: [docker(unknown), waits(run({ ref: "image.name" }))],
  wrongType: [passes(docker(7)), violates(run("app"))],
};
