import * as pulumi from "@pulumi/pulumi";
import type { Environment, Profile } from "../../components/cloud";
import { Problems } from "../../components/errors";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import { builders } from "../../providers/aws";

const environment = (profile: Profile): Environment => ({
  stack: "test",
  system: "lattice-policy",
  profile,
  protected: profile === "prod",
});

const refused = (
  check: (context: { environment: Environment; path: string; problems: Problems }) => void,
  profile: Profile = "dev",
): string[] => {
  const problems = new Problems();
  check({ environment: environment(profile), path: "x", problems });
  return problems.all.map(({ path, message }) => `${path}: ${message}`);
};

const settings = { "aws:region": "eu-central-1", "aws:allowedAccountIds": '["111122223333"]' };

beforeEach(() => pulumi.runtime.setAllConfig(settings));

describe("provider settings", () => {
  const network = (): string[] => refused((context) => builders.privateNetwork.check({}, context));

  test("as they should be", () => expect(network()).toEqual([]));

  test.each([
    [{ "aws:allowedAccountIds": '["111122223333"]' }, "aws:region: is missing; set one with"],
    [{ ...settings, "aws:region": "Frankfurt" }, 'aws:region: "Frankfurt" is no region'],
    [{ "aws:region": "eu-central-1" }, "aws:allowedAccountIds: needs the twelve digits"],
    [
      { ...settings, "aws:allowedAccountIds": "[" },
      "aws:allowedAccountIds: needs the twelve digits",
    ],
  ])("%j", (config, sentence) => {
    pulumi.runtime.setAllConfig(config as unknown as Record<string, string>);
    expect(network().join("\n")).toContain(sentence);
  });
});

const postgres: ManagedPostgresSpec = {
  version: "16",
  database: "app",
  cpu: 2,
  memoryMiB: 4096,
  storageGiB: 20,
  backupDays: 7,
  logDays: 30,
};

describe("PostgreSQL", () => {
  test.each<[Partial<ManagedPostgresSpec>, string | undefined]>([
    [{}, undefined],
    [{ version: "9" }, 'x.version: "9" is not offered by RDS; use 13 to 18'],
    [{ database: "db" }, 'x.database: "db" is no name for a database'],
    [{ storageGiB: 10 }, "x.storageGiB: 10 GiB is not offered for gp3; use 20"],
    [{ backupDays: 40 }, "x.backupDays: 40 days is not offered; use 7 to 35"],
    [{ logDays: 31 }, "x.logDays: 31 days is not offered by CloudWatch Logs; use 60"],
    [
      { parameters: { "rds.force_ssl": "0" } },
      "x.parameters.rds.force_ssl: is always 1; leave it out",
    ],
    [{ parameters: { password_encryption: "scram-sha-256" } }, undefined],
    [{ memoryMiB: 500_000 }, "x: no size offers"],
  ])("%j", (change, sentence) => {
    const found = refused((context) =>
      builders.managedPostgres.check({ ...postgres, ...change }, context),
    );
    if (sentence === undefined) expect(found).toEqual([]);
    else expect(found.join("\n")).toContain(sentence);
  });
});

describe("caches, secrets and jobs", () => {
  test("a version that ElastiCache does not have", () => {
    const spec = { version: "5", memoryMiB: 512 };
    expect(refused((context) => builders.privateRedis.check(spec, context))).toEqual([
      'x.version: "5" is not offered by ElastiCache; use 7 or 8',
    ]);
  });

  test("an existing secret that is no full ARN", () => {
    const entries = { token: { kind: "existing", id: "my-token" } } as const;
    const found = refused((context) => builders.secretBundle.check({ entries }, context));
    expect(found[0]).toContain('x.token: "my-token" is no full ARN of a secret');
  });

  test("a job that a function cannot wait for", () => {
    const job = { cpu: 0.5, memoryMiB: 1024, uid: 1, logDays: 30, timeoutSeconds: 900 };
    expect(refused((context) => builders.oneOffJob.check(job, context))[0]).toContain(
      "x.timeoutSeconds: 900 seconds is not possible",
    );
  });
});

const edge: HttpsEdgeSpec = {
  routes: [{ host: "api.example.com", paths: ["/*"], backend: "api" }],
  backends: {
    api: {
      port: 3000,
      health: {
        path: "/health",
        intervalSeconds: 30,
        timeoutSeconds: 5,
        healthyAfter: 2,
        unhealthyAfter: 3,
        startSeconds: 30,
      },
    },
  },
  dns: { kind: "zone", zone: "example.com", zoneId: "Z1" },
  accessLogDays: 30,
};

const limit = { pathPrefix: "/", requests: 100, windowSeconds: 60 };

describe("the edge", () => {
  test.each<[Partial<HttpsEdgeSpec>, string | undefined]>([
    [{}, undefined],
    [{ idleTimeoutSeconds: 5000 }, "x.idleTimeoutSeconds: 5000 seconds is not offered"],
    [{ dns: { kind: "external" } }, "x.dns.certificate: needs the ARN"],
    [
      { dns: { kind: "zone", zone: "other.org", zoneId: "Z" } },
      "x.dns.zone: api.example.com is not in the zone other.org",
    ],
    [{ rateLimits: [{ ...limit, windowSeconds: 90 }] }, "x.rateLimits: 90 seconds for / is not"],
    [{ rateLimits: [{ ...limit, requests: 5 }] }, "x.rateLimits: 5 requests for / is not offered"],
    [{ rateLimits: [limit, limit] }, "x.rateLimits: limits one path twice"],
    [{ routes: [] }, "x.backends.api: has no route"],
    [
      {
        routes: [
          {
            host: "api.example.com",
            paths: Array.from({ length: 16 }, (_, index) => `/p${index}`),
            backend: "api",
          },
        ],
      },
      "x.routes: api needs 6 listener rules; ECS takes 5",
    ],
    [
      { cors: { origins: ["*"], methods: ["GET"], headers: [], credentials: false } },
      'x.cors.origins: "*" allows every site',
    ],
  ])("%j", (change, sentence) => {
    const found = refused((context) => builders.httpsEdge.check({ ...edge, ...change }, context));
    if (sentence === undefined) expect(found).toEqual([]);
    else expect(found.join("\n")).toContain(sentence);
  });
});

test("alarms of production that reach nobody", () => {
  const spec = { signals: {}, destinations: {} };
  expect(refused((context) => builders.alarms.check(spec, context), "prod")[0]).toContain(
    "x.destinations: nobody is told",
  );
  expect(refused((context) => builders.alarms.check(spec, context), "dev")).toEqual([]);
});
