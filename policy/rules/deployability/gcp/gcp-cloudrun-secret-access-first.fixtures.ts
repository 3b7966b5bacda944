import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const account = (name = "sa") =>
  resource("gcp:serviceaccount/account:Account", { accountId: `${name}-runtime` }, name);
const secret = resource("gcp:secretmanager/secret:Secret", { secretId: "dsn" }, "dsn");
const grant = (
  member: unknown = { concat: ["serviceAccount:", { ref: "sa.email" }] },
  role = "roles/secretmanager.secretAccessor",
) =>
  resource(
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    { secretId: { ref: "dsn.id" }, role, member },
    "grant",
  );
const project = resource(
  "gcp:projects/iAMMember:IAMMember",
  { role: "roles/secretmanager.secretAccessor", member: { ref: "sa.member" } },
  "project",
);
const service = (
  dependsOn: string[],
  serviceAccount: unknown = { ref: "sa.email" },
  ref: unknown = { ref: "dsn.secretId" },
) =>
  resource(
    "gcp:cloudrunv2/service:Service",
    {
      template: {
        serviceAccount,
        containers: [{ envs: [{ name: "A", valueSource: { secretKeyRef: { secret: ref } } }] }],
      },
    },
    "web",
    { opts: { dependsOn } },
  );
const job = (...dependsOn: string[]) =>
  resource(
    "gcp:cloudrunv2/job:Job",
    {
      template: {
        template: {
          serviceAccount: "sa-runtime@p1.iam.gserviceaccount.com",
          volumes: [{ name: "v", secret: { secret: "projects/p1/secrets/dsn" } }],
        },
      },
    },
    "job",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(account(), secret, grant(), service(["grant"])),
    passes(account(), secret, project, service(["project"])),
    passes(
      account(),
      secret,
      grant("serviceAccount:sa-runtime@p1.iam.gserviceaccount.com"),
      job("grant"),
    ),
    passes(
      secret,
      grant("serviceAccount:a@p1.iam.gserviceaccount.com"),
      service(["grant"], "a@p1.iam.gserviceaccount.com"),
    ),
  ],
  bad: [
    violates(account(), secret, grant(), service([])),
    violates(account(), secret, service([])),
    violates(
      account(),
      account("other"),
      secret,
      grant({ concat: ["serviceAccount:", { ref: "other.email" }] }),
      service(["grant"]),
    ),
    violates(account(), secret, grant(undefined, "roles/viewer"), service(["grant"])),
    violates(account(), secret, grant(), job()),
    violates(secret, grant(), service([], null)),
  ],
  missing: [passes(resource("gcp:cloudrunv2/service:Service", {}))],
  unknown: [
    waits(account(), secret, grant(), service([], unknown)),
    waits(account(), secret, grant(), service([], undefined, unknown)),
    waits(account(), service([], undefined, "elsewhere")),
    waits(secret, service([], null)),
    waits(secret, service([], "a@p1.iam.gserviceaccount.com")),
  ],
  wrongType: [passes(resource("gcp:cloudrunv2/service:Service", { template: { volumes: "x" } }))],
};
