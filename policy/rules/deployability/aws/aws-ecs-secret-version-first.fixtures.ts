import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const secret = resource("aws:secretsmanager/secret:Secret", {}, "dsn");
const version = (secretId: unknown = { ref: "dsn.id" }, name = "v") =>
  resource("aws:secretsmanager/secretVersion:SecretVersion", { secretId, secretString: "a" }, name);
const task = (valueFrom: unknown) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { containerDefinitions: { json: [{ name: "web", secrets: [{ name: "A", valueFrom }] }] } },
    "td",
  );
const service = (dependsOn: string[] = [], taskDefinition: unknown = { ref: "td.arn" }) =>
  resource("aws:ecs/service:Service", { taskDefinition }, "svc", { opts: { dependsOn } });
const named = task({ ref: "dsn.arn" });
const rotation = resource(
  "aws:secretsmanager/secretRotation:SecretRotation",
  { secretId: { ref: "dsn.id" } },
  "r",
);

export const fixtures: Fixtures = {
  good: [
    passes(secret, version(), named, service(["v"])),
    passes(secret, version(), task({ ref: "v.arn" }), service()),
    passes(secret, rotation, named, service()),
    passes(secret, version(), task(undefined), service()),
    passes(secret, version(), { ...named, opts: { dependsOn: ["v"] } }, service()),
  ],
  bad: [
    violates(secret, version(), named, service()),
    violates(secret, named, service()),
    violates(secret, version(), version({ ref: "dsn.arn" }, "w"), named, service(["v"])),
    violates(secret, version(), task({ concat: [{ ref: "dsn.arn" }, ":a::"] }), service()),
  ],
  missing: [passes(secret, named, service([], null))],
  unknown: [
    waits(secret, named, service([], unknown)),
    waits(secret, version(unknown), named, service()),
    waits(secret, named, service([], "web:3")),
  ],
  wrongType: [passes(secret, named, service([], 7))],
};
