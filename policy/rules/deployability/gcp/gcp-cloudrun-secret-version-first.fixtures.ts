import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const secret = resource("gcp:secretmanager/secret:Secret", { secretId: "dsn" }, "dsn");
const version = resource(
  "gcp:secretmanager/secretVersion:SecretVersion",
  { secret: { ref: "dsn.id" }, secretData: "x" },
  "version",
);
const service = (
  dependsOn: string[],
  ref: unknown = { ref: "dsn.secretId" },
  of: unknown = "latest",
) =>
  resource(
    "gcp:cloudrunv2/service:Service",
    {
      template: {
        containers: [
          { envs: [{ name: "A", valueSource: { secretKeyRef: { secret: ref, version: of } } }] },
        ],
      },
    },
    "web",
    { opts: { dependsOn } },
  );
const mounted = resource("gcp:cloudrunv2/job:Job", {
  template: { template: { volumes: [{ name: "v", secret: { secret: { ref: "dsn.secretId" } } }] } },
});

export const fixtures: Fixtures = {
  good: [
    passes(secret, version, service(["version"])),
    passes(secret, version, service([], undefined, { ref: "version.version" })),
    passes(secret, version, service(["version"], "dsn")),
  ],
  bad: [
    violates(secret, version, service([])),
    violates(secret, service([])),
    violates(secret, version, service([], "projects/p1/secrets/dsn")),
    violates(secret, version, mounted),
  ],
  missing: [passes(secret, service([], null))],
  unknown: [
    waits(secret, version, service([], unknown)),
    waits(service([], "elsewhere")),
    waits(secret, service([], undefined, unknown)),
  ],
  wrongType: [passes(secret, service([], 7))],
};
