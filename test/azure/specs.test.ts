import type { ContainerServiceSpec } from "../../components/container-service";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import {
  frontDoorRequests,
  logLines,
  quoted,
  serverErrors,
  silence,
  slowAnswers,
} from "../../providers/azure/alarm-queries";
import { metricWindow, queryWindow } from "../../providers/azure/alarm-windows";
import { containerService } from "../../providers/azure/container-service";
import { image } from "../../providers/azure/image";
import { alphanumeric, appName, autoNamed, globalName, guidOf } from "../../providers/azure/names";
import { oneOffJob } from "../../providers/azure/one-off-job";
import { resolve as resolvePostgres } from "../../providers/azure/postgres-spec";
import { privateRedis } from "../../providers/azure/private-redis";
import { secretBundle } from "../../providers/azure/secret-bundle";
import { configure, context, PROD, said, STAGING, SUBSCRIPTION } from "./context";

beforeEach(() => configure());

const postgres: ManagedPostgresSpec = {
  version: "16",
  database: "lattice_policy",
  cpu: 2,
  memoryMiB: 4096,
  storageGiB: 20,
  backupDays: 7,
  extensions: ["uuid-ossp", "pgcrypto"],
  logDays: 30,
};

test("TLS comes first and the extensions are allow-listed in a stable order", () => {
  const { parameters } = resolvePostgres(postgres, context());
  expect(parameters).toEqual({
    require_secure_transport: "on",
    ssl_min_protocol_version: "TLSv1.2",
    password_encryption: "scram-sha-256",
    "azure.extensions": "pgcrypto,uuid-ossp",
  });
});

test("silence asks for lines of the time it may last, and finds one row when there are none", () => {
  const query = silence(logLines("gateway", "anchor written"), 120);
  expect(query).toContain('contains "anchor written"');
  expect(query).toMatch(/ago\(120m\)\n\| summarize Lines = count\(\)\n\| where Lines == 0$/);
});

test("a standby needs a size that is not burstable", () => {
  expect(resolvePostgres(postgres, context()).size.tier).toBe("Burstable");
  const standby = resolvePostgres({ ...postgres, highAvailability: true }, context());
  expect(standby.size.tier).toBe("GeneralPurpose");
  expect(resolvePostgres(postgres, context(PROD)).highAvailability).toBe(true);
});

test.each<[Partial<ManagedPostgresSpec>, RegExp]>([
  [{ cpu: 200 }, /^it\.cpu: /],
  [{ storageGiB: 50000 }, /^it\.storageGiB: .*32768/],
  [{ version: "9" }, /^it\.version: .*14, 15/],
  [{ backupDays: 60 }, /^it\.backupDays: .*7 to 35/],
  [{ customerKey: true, geoRedundantBackup: true }, /^it\.geoRedundantBackup: .*paired region/],
  [{ parameters: { require_secure_transport: "off" } }, /always on/],
  [{ parameters: { "azure.extensions": "x" } }, /made from extensions/],
])("a server with %j is refused", (change, message) => {
  const checked = context();
  resolvePostgres({ ...postgres, ...change }, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});

const service: ContainerServiceSpec = {
  port: 3000,
  cpu: 0.5,
  memoryMiB: 1024,
  uid: 1000,
  logDays: 30,
  health: {
    path: "/health",
    intervalSeconds: 30,
    timeoutSeconds: 5,
    healthyAfter: 2,
    unhealthyAfter: 3,
    startSeconds: 30,
  },
  scaling: { min: 1, max: 2 },
  stopGraceSeconds: 30,
};

test.each<[Partial<ContainerServiceSpec>, RegExp]>([
  [{ cpu: 64 }, /^it\.cpu: .*at most 31 vCPU/],
  [{ memoryMiB: 524288 }, /^it\.memoryMiB: .*261120 MiB/],
  [{ gpuMemoryGiB: 96 }, /^it\.gpuMemoryGiB: .*a GPU of 80 GiB/],
  [{ stopGraceSeconds: 900 }, /^it\.stopGraceSeconds: .*600/],
  [{ scaling: { min: 3, max: 2 } }, /^it\.scaling: /],
  [{ scaling: { min: 0, max: 2 }, backgroundWork: true }, /^it\.scaling\.min: .*1 or more/],
  [{ health: { ...service.health, unhealthyAfter: 11 } }, /^it\.health\.unhealthyAfter: .*1 to 10/],
  [{ health: { ...service.health, timeoutSeconds: 30 } }, /less than intervalSeconds/],
  [{ logDays: 9000 }, /^it\.logDays: .*4383/],
  [{ scratch: ["tmp"] }, /^it\.scratch: .*absolute/],
])("a service with %j is refused", (change, message) => {
  const checked = context();
  containerService.check({ ...service, ...change }, checked);
  expect(said(checked)).toEqual([expect.stringMatching(message)]);
});

test("a job, a cache, an image and a bundle say what they cannot do", () => {
  const checked = context();
  const { cpu, memoryMiB, uid, logDays } = service;
  oneOffJob.check({ cpu, memoryMiB, uid, logDays, timeoutSeconds: 3600 }, checked);
  privateRedis.check({ version: "6", memoryMiB: 512 }, checked);
  const build = { kind: "build", context: ".", dockerfile: "Dockerfile", version: "1" } as const;
  image.check({ repository: "api", source: build }, checked);
  secretBundle.check({ entries: { a: { kind: "existing", id: "arn:aws:x" } } }, checked);
  secretBundle.check({ entries: {}, customerKey: true }, checked);
  expect(said(checked)).toEqual([
    expect.stringMatching(/^it\.timeoutSeconds: .*1 to 840/),
    expect.stringMatching(/^it\.version: .*runs 7/),
    expect.stringMatching(
      /^it\.source: .*not supported on azure.*during: release.*push the image first/,
    ),
    expect.stringMatching(/^it\.entries\.a: .*no id of a Key Vault secret/),
    expect.stringMatching(/^it\.customerKey: customerKey is not supported on azure/),
  ]);
});

test("names fit their alphabets, also for long stacks", () => {
  const long = {
    ...STAGING,
    stack: "a-very-long-name-of-a-stack-that-somebody-gave",
    system: "lattice-policy",
  };
  const place = { location: "westeurope", subscriptionId: SUBSCRIPTION, tenantId: SUBSCRIPTION };
  expect(globalName(`${long.system}${long.stack}`, long, place, 24)).toMatch(/^[a-z0-9]{3,24}$/);
  expect(globalName("x", STAGING, place, 24)).not.toBe(globalName("x", PROD, place, 24));
  expect(appName("Some_Very-long.name-of-a-service-that-goes-on")).toMatch(
    /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/,
  );
  expect(`${autoNamed("a-very-long-name", 18)}-vault`.length + 8).toBeLessThanOrEqual(24);
  expect(guidOf("a")).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(guidOf("a")).toBe(guidOf("a"));
  expect(alphanumeric("1-a_b")).toBe("ab");
});

test.each([
  [5, "PT5M", "PT5M"],
  [10, "PT15M", "PT10M"],
  [15, "PT15M", "PT15M"],
  [70, "PT6H", "PT2H"],
  [1440, "P1D", "P1D"],
])("%d minutes as a window", (minutes, metric, query) => {
  expect(metricWindow(minutes).windowSize).toBe(metric);
  expect(queryWindow(minutes).windowSize).toBe(query);
});

test("a text cannot leave its place in a query", () => {
  expect(quoted('a" or "b\\')).toBe('"a\\" or \\"b\\\\"');
  expect(logLines("api", 'x" | take 1')).toContain('contains "x\\" | take 1"');
});

test("share and time are asked of the routes of one backend", () => {
  const routes = frontDoorRequests(["api-api-example-com", "api-app-example-com"]);
  const share = serverErrors(routes, 1, 10);
  expect(share).toContain('in ("api-api-example-com", "api-app-example-com")');
  expect(share).toMatch(/where Failed >= 10 and 100\.0 \* Failed \/ All > 1$/);
  expect(slowAnswers(routes, 2)).toMatch(/where P95 > 2$/);
});
