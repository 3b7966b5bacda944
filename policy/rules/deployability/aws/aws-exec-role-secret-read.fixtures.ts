import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const role = resource("aws:iam/role:Role", {}, "exec");
const secret = (props: object = {}) => resource("aws:secretsmanager/secret:Secret", props, "dsn");
const task = (valueFrom: unknown = { ref: "dsn.arn" }, more: object = {}) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      executionRoleArn: { ref: "exec.arn" },
      containerDefinitions: { json: [{ name: "web", secrets: [{ name: "DSN", valueFrom }] }] },
      ...more,
    },
    "td",
  );
const allow = (action: unknown, on: unknown) => ({ Effect: "Allow", Action: action, Resource: on });
const inline = (...statements: object[]) =>
  resource(
    "aws:iam/rolePolicy:RolePolicy",
    { role: { ref: "exec.id" }, policy: { json: { Statement: statements } } },
    "grant",
  );
const attached = (policyArn: unknown) =>
  resource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: { ref: "exec.name" }, policyArn },
    "attached",
  );
const READ = "secretsmanager:GetSecretValue";
const BASE = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const policy = resource(
  "aws:iam/policy:Policy",
  { policy: { json: { Statement: allow(["secretsmanager:Get*"], "*") } } },
  "readers",
);
const key = resource("aws:kms/key:Key", {}, "key");

export const fixtures: Fixtures = {
  good: [
    passes(role, secret(), inline(allow(READ, { ref: "dsn.arn" })), task()),
    passes(
      role,
      secret(),
      inline(allow([READ], [{ ref: "dsn.arn" }])),
      task({ concat: [{ ref: "dsn.arn" }, ":a::"] }),
    ),
    passes(role, secret(), policy, attached({ ref: "readers.arn" }), task()),
    passes(role, secret(), attached("arn:aws:iam::aws:policy/SecretsManagerReadWrite"), task()),
    passes(
      role,
      secret({ name: "app/dsn" }),
      inline(allow(READ, "arn:aws:secretsmanager:*:*:secret:app/*")),
      task(),
    ),
    passes(
      role,
      secret({ kmsKeyId: { ref: "key.arn" } }),
      key,
      inline(allow(READ, "*"), allow("kms:Decrypt", { ref: "key.arn" })),
      task(),
    ),
    passes(role, inline(allow("ssm:GetParameters", "*")), task("/app/dsn")),
  ],
  bad: [
    violates(role, secret(), task()),
    violates(role, secret(), attached(BASE), task()),
    violates(role, secret(), inline(allow("secretsmanager:DescribeSecret", "*")), task()),
    violates(
      role,
      secret(),
      secret({}),
      resource("aws:secretsmanager/secret:Secret", {}, "other"),
      inline(allow(READ, { ref: "other.arn" })),
      task(),
    ),
    violates(
      role,
      secret(),
      resource(
        "aws:iam/role:Role",
        { inlinePolicies: [{ policy: { json: { Statement: allow(READ, "*") } } }] },
        "app",
      ),
      task(undefined, { taskRoleArn: { ref: "app.arn" } }),
    ),
    violates(role, secret({ kmsKeyId: { ref: "key.arn" } }), key, inline(allow(READ, "*")), task()),
    violates(
      role,
      secret({ name: "app/dsn" }),
      inline(allow(READ, "arn:aws:secretsmanager:*:*:secret:shop/*")),
      task(),
    ),
    violates(role, inline(allow(READ, "*")), task("/app/dsn")),
  ],
  missing: [
    passes(role, task(undefined, { containerDefinitions: undefined })),
    passes(task(undefined, { executionRoleArn: undefined })),
  ],
  unknown: [
    waits(
      role,
      secret(),
      resource("aws:iam/rolePolicy:RolePolicy", { role: { ref: "exec.id" }, policy: unknown }),
      task(),
    ),
    waits(role, secret(), attached("arn:aws:iam::111122223333:policy/own"), task()),
    waits(role, task(undefined, { containerDefinitions: unknown })),
    waits(secret(), task(undefined, { executionRoleArn: "arn:aws:iam::111122223333:role/exec" })),
    waits(
      role,
      secret({ kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" }),
      inline(allow(READ, "*")),
      task(),
    ),
  ],
  wrongType: [
    violates(role, secret(), inline(), task()),
    passes(role, task(undefined, { containerDefinitions: 7 })),
  ],
};
