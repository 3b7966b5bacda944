import { passes, resource, unknown, violates, waits, type Fixtures } from "../../lib/fixture";

const task = (container: object) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify([container]),
  });
const app = (env: unknown) =>
  resource("azure-native:app:ContainerApp", {
    template: { containers: [{ name: "web", image: "w:1", env }] },
  });
const run = (env: object) =>
  resource("gcp:cloudrunv2/service:Service", {
    template: { containers: [{ image: "w:1", envs: [env] }] },
  });
const docker = (...envs: unknown[]) =>
  resource("docker:index/container:Container", { image: "w:1", envs });
const lambda = (variables: unknown) =>
  resource("aws:lambda/function:Function", { environment: { variables } });

export const fixtures: Fixtures = {
  good: [
    task({
      name: "web",
      environment: [{ name: "LOG_LEVEL", value: "info" }],
      secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:x" }],
    }),
    app([{ name: "DB_PASSWORD", secretRef: "db-password" }]),
    run({ name: "API_KEY", valueSource: { secretKeyRef: { secret: "k", version: "1" } } }),
    docker(
      "DB_PASSWORD_FILE=/run/secrets/db",
      "MAX_TOKENS=4096",
      "TOKEN_TTL=3600",
      "DATABASE_URL=postgres://app@db:5432/app",
    ),
    lambda({ SECRET_ARN: "arn:aws:secretsmanager:x", PUBLIC_KEY: "ssh-ed25519 AAAA" }),
  ],
  bad: [
    task({ name: "web", environment: [{ name: "DB_PASSWORD", value: "correct-horse" }] }),
    app([{ name: "apiKey", value: "abc" }]),
    app([{ name: "JWT_SECRET", value: unknown }]),
    run({ name: "DATABASE_URL", value: "postgres://app:hunter22@db:5432/app" }),
    docker("REDIS_PASSWORD=x1y2"),
    docker("AWS_ID=AKIAIOSFODNN7EXAMPLE"),
    lambda({ STRIPE_SECRET_KEY: "x9" }),
    lambda({ SMTP_PASS: "x9y8" }),
    app([
      {
        name: "DATABASE_URL",
        value: { concat: ["postgres://app:", { ref: "p.result" }, "@db/app"] },
      },
    ]),
    resource("aws:codebuild/project:Project", {
      environment: { environmentVariables: [{ name: "TOKEN", value: "abc", type: "PLAINTEXT" }] },
    }),
  ],
  missing: [
    passes(docker()),
    passes(task({ name: "web" })),
    passes(lambda(undefined)),
    passes(docker("DB_PASSWORD=")),
  ],
  unknown: [
    resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: unknown }),
    app(unknown),
    waits(lambda(unknown)),
  ],
  wrongType: [passes(docker(7, {}, "=x")), violates(lambda({ PASSWORD: 1234567 }))],
};
