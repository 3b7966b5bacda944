import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const database = (engineVersion: unknown = "16", more: object = {}) =>
  resource("aws:rds/instance:Instance", { engine: "postgres", engineVersion, ...more }, "db");
const dsn = (end: string, host = "db.address") => ({
  concat: ["postgres://app:", { ref: "pw.result" }, "@", { ref: host }, end],
});
const version = (secretString: unknown) =>
  resource("aws:secretsmanager/secretVersion:SecretVersion", { secretId: "s", secretString }, "v");
const task = (...environment: object[]) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: { json: [{ name: "web", environment }] },
  });
const off = resource(
  "aws:rds/parameterGroup:ParameterGroup",
  { parameters: [{ name: "rds.force_ssl", value: "0" }] },
  "pg",
);

export const fixtures: Fixtures = {
  good: [
    passes(database(), version(dsn("/app?sslmode=require"))),
    passes(database(), version(dsn("/app?sslmode=no-verify"))), // Node.js: TLS without a check of the certificate
    passes(database(), version(dsn(":5432/app?sslmode=verify-full"))),
    // As node-postgres spells it: encrypted, and no certificate checked.
    passes(database(), version(dsn("/app?sslmode=no-verify"))),
    passes(database(), version({ json: { url: dsn("/app?sslmode=require") } })),
    passes(database(), version(dsn("/app?sslmode=no-verify"))),
    passes(database("14.9"), version(dsn("/app"))),
    passes(off, database("16", { parameterGroupName: { ref: "pg.name" } }), version(dsn("/app"))),
    passes(
      database(),
      task({ name: "URL", value: dsn("/app") }, { name: "PGSSLMODE", value: "require" }),
    ),
    passes(database(), task({ name: "HOST", value: { ref: "db.address" } })),
    passes(database("16", { engine: "mysql" }), version(dsn("/app"))),
  ],
  bad: [
    violates(database(), version(dsn("/app"))),
    violates(database(), version(dsn("/app?sslmode=disable"))),
    violates(database("14.9"), version(dsn("/app?sslmode=disable"))),
    violates(database(undefined), version(dsn(":5432/app"))),
    violates(
      database(),
      task({ name: "URL", value: dsn("/app?connect_timeout=3", "db.endpoint") }),
    ),
    violates(
      database(),
      resource("aws:lambda/function:Function", {
        environment: { variables: { URL: dsn("/app") } },
      }),
    ),
    violates(
      { ...database(), outputs: { address: "db.x.eu-west-1.rds.amazonaws.com" } },
      version("postgres://app:pw@db.x.eu-west-1.rds.amazonaws.com:5432/app"),
    ),
  ],
  missing: [passes(database(), version(undefined))],
  unknown: [passes(database(unknown), version(dsn("/app"))), passes(database(), version(unknown))],
  wrongType: [
    passes(database(), version(7)),
    passes(database("16", { engine: 7 }), version(dsn("/app"))),
  ],
};
