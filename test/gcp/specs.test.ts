import * as pulumi from "@pulumi/pulumi";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import { Problems } from "../../components/errors";
import { resolveEdge } from "../../providers/gcp/edge-spec";
import { builders } from "../../providers/gcp";
import { resolvePostgres } from "../../providers/gcp/postgres-spec";
import { checkSettings } from "../../providers/gcp/settings";
import { context, PROD, said } from "./context";

const postgres: ManagedPostgresSpec = {
  version: "16",
  database: "app",
  cpu: 2,
  memoryMiB: 4096,
  storageGiB: 20,
  backupDays: 7,
  logDays: 30,
};

const edge: HttpsEdgeSpec = {
  routes: [{ host: "app.example.com", paths: ["/*"], backend: "ui" }],
  backends: {},
  dns: { kind: "external" },
  accessLogDays: 30,
};

afterEach(() => pulumi.runtime.setAllConfig({}));

test("a database's defaults follow the profile, and its connections are written out", () => {
  const resolved = resolvePostgres(
    { ...postgres, parameters: { log_statement: "ddl" } },
    context(PROD),
  );
  expect(resolved.highAvailability).toBe(true);
  expect(resolved.flags).toEqual({
    log_connections: "on",
    log_disconnections: "on",
    max_connections: "100",
    log_statement: "ddl",
  });
});

test.each([
  [{ version: "9" }, "it.version: PostgreSQL 9 is not offered"],
  [{ cpu: 128 }, "it.cpu: 128 vCPU"],
  [{ backupDays: 60 }, "it.backupDays: 60 is out of range"],
  [{ maxStorageGiB: 10 }, "it.maxStorageGiB: 10 GiB is less than storageGiB"],
  [{ storageGiB: 100000 }, "it.storageGiB: 100000 GiB is not offered"],
  [{ parameters: { ssl: "off" } }, "it.parameters.ssl: is set by Cloud SQL"],
])("a database with %j is refused", (change, message) => {
  const at = context();
  resolvePostgres({ ...postgres, ...change }, at);
  expect(said(at).join("\n")).toContain(message);
});

test("backups in a second region go to the multi-region, where there is one", () => {
  pulumi.runtime.setAllConfig({ "gcp:region": "europe-west1" });
  const near = context();
  expect(resolvePostgres({ ...postgres, geoRedundantBackup: true }, near).backupLocation).toBe(
    "eu",
  );
  pulumi.runtime.setAllConfig({ "gcp:region": "australia-southeast1" });
  const far = context();
  resolvePostgres({ ...postgres, geoRedundantBackup: true }, far);
  expect(said(far).join()).toContain("lies in no multi-region");
});

test.each([
  [{ maxBodyBytes: 1_000_000_000 }, "it.maxBodyBytes"],
  [{ idleTimeoutSeconds: 4000 }, "it.idleTimeoutSeconds"],
  [{ rateLimits: [{ pathPrefix: "/", requests: 10, windowSeconds: 7 }] }, "it.rateLimits: 7 s"],
  [{ dns: { kind: "external", certificate: "arn:aws:acm:x" } as const }, "it.dns.certificate"],
  [
    { routes: [{ host: "a.example.com", paths: ["/api*"], backend: "ui" }] },
    "a * must follow a slash",
  ],
  [{ blockedPaths: ["internal/*"] }, "begin with a slash"],
  [
    {
      allowedNetworks: Array.from({ length: 30 }, (_, index) => `10.0.${index}.0/24`),
      rateLimits: ["/a/", "/b/", "/c/"].map((pathPrefix) => {
        return { pathPrefix, requests: 10, windowSeconds: 60 };
      }),
    },
    "Cloud Armor takes 20",
  ],
])("an edge with %j is refused", (change, message) => {
  const at = context();
  resolveEdge({ ...edge, ...change }, at);
  expect(said(at).join("\n")).toContain(message);
});

test("an edge of the usual kind is taken", () => {
  const at = context();
  resolveEdge({ ...edge, blockedPaths: ["/api/portal*"] }, at);
  expect(said(at)).toEqual([]);
});

test.each([
  [{}, ["gcp:project", "gcp:region"]],
  [{ "gcp:project": "Not A Project", "gcp:region": "europe" }, ["gcp:project", "gcp:region"]],
  [{ "gcp:project": "acme-prod", "gcp:region": "europe-west1" }, []],
])("settings %j", (config, paths) => {
  pulumi.runtime.setAllConfig(config);
  const problems = new Problems();
  checkSettings(problems);
  expect(problems.all.map(({ path }) => path)).toEqual(paths);
});

test("a service's fixed scaling threshold and a secret of nobody are refused", () => {
  const at = context();
  builders.containerService.check(
    {
      ...{ cpu: 1, memoryMiB: 512, uid: 1, logDays: 30, port: 80, stopGraceSeconds: 10 },
      health: {
        ...{ path: "/", intervalSeconds: 30, timeoutSeconds: 5, healthyAfter: 2 },
        ...{ unhealthyAfter: 3, startSeconds: 0 },
      },
      scaling: { min: 1, max: 2, cpuPercent: 50 },
    },
    at,
  );
  builders.secretBundle.check({ entries: { key: { kind: "existing", id: "key" } } }, at);
  expect(at.problems.all.map(({ path }) => path)).toEqual([
    "it.scaling.cpuPercent",
    "it.entries.key.id",
  ]);
});
