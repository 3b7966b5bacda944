import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const secret = resource("aws:secretsmanager/secret:Secret", {}, "db");
const version = (secretString: unknown) =>
  resource(
    "aws:secretsmanager/secretVersion:SecretVersion",
    { secretId: { ref: "db.id" }, secretString },
    "v",
  );
const task = (valueFrom: unknown, name = "DB_PASSWORD") =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      containerDefinitions: { json: [{ name: "web", secrets: [{ name, valueFrom }] }] },
    },
    "td",
  );
const field = (rest: string) => ({ concat: [{ ref: "db.arn" }, rest] });
const json = version({ json: { username: "app", password: { ref: "pw.result" } } });
const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf";
const password = resource("random:index/randomPassword:RandomPassword", { length: 20 }, "pw");

export const fixtures: Fixtures = {
  good: [
    passes(secret, task(field(":password::"))),
    passes(secret, json, task(field(":password::"))),
    passes(secret, json, task(field(":password:AWSCURRENT:"))),
    passes(secret, version("postgres://a"), task({ ref: "db.arn" })),
    passes(secret, json, task({ ref: "db.arn" }, "DATABASE_SETTINGS")),
    passes(secret, password, version({ ref: "pw.result" }), task({ ref: "db.arn" })),
    passes(task(`${ARN}:password::`)),
    passes(task("/app/password")),
    passes(task("arn:aws:ssm:eu-west-1:111122223333:parameter/a:b")),
  ],
  bad: [
    violates(secret, task(field(":password"))),
    violates(secret, task(field(":password:"))),
    violates(secret, task(field(":password:::"))),
    violates(task(`${ARN}:password`)),
    violates(secret, json, task(field(":pasword::"))),
    violates(secret, json, task({ ref: "db.arn" })),
    violates(secret, version("plain text"), task(field(":password::"))),
    violates(secret, password, version({ ref: "pw.result" }), task(field(":password::"))),
    violates(
      secret,
      version({ concat: ["postgres://", { ref: "pw.result" }] }),
      task(field(":password::")),
    ),
    violates(secret, version(JSON.stringify({ url: "a" })), task(field(":uri::"))),
  ],
  missing: [
    passes(secret, task(undefined)),
    passes(secret, version(undefined), task(field(":a::"))),
  ],
  unknown: [passes(secret, version(unknown), task(field(":a::"))), passes(secret, task(unknown))],
  wrongType: [passes(secret, version(7), task(field(":a::"))), passes(task(7))],
};
