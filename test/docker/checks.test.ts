import { Problems } from "../../components/errors";
import type { ResolveContext } from "../../components/builder";
import { builders } from "../../providers/docker";
import { hostRules, postgresCommand } from "../../providers/docker/postgres-config";
import { redisConfig } from "../../providers/docker/private-redis";
import { FULL } from "./support";

const context = (): ResolveContext => ({
  environment: { stack: "staging", system: "shop", profile: "staging", protected: false },
  path: "it",
  problems: new Problems(),
});

const POSTGRES = {
  version: "16",
  database: "shop",
  cpu: 1,
  memoryMiB: 1024,
  storageGiB: 20,
  backupDays: 7,
  logDays: 30,
};

function problemsOf(check: (context: ResolveContext) => void): string[] {
  const at = context();
  check(at);
  return at.problems.all.map(({ path, message }) => `${path}: ${message}`);
}

describe("what a host refuses", () => {
  test.each([
    [{ version: "9" }, 'it.version: "9" is not offered; use one of 15, 16, 17'],
    [
      { extensions: ["postgis"] },
      'it.extensions: "postgis" is not in the official image; remove it or use another target',
    ],
    [{ parameters: { ssl: "off" } }, "it.parameters.ssl: is set by the platform; remove it"],
    [{ geoRedundantBackup: true }, /^it.geoRedundantBackup: .*not supported on docker/],
  ])("postgres %j", (part, sentence) => {
    const found = problemsOf((at) => builders.managedPostgres.check({ ...POSTGRES, ...part }, at));
    expect(found).toEqual([
      expect.stringMatching(sentence instanceof RegExp ? sentence : exactly(sentence)),
    ]);
  });

  test("a DNS zone and somebody else's certificate", () => {
    const zone = { kind: "zone", zone: "example.com", zoneId: "z" } as const;
    const given = { kind: "external", certificate: "arn" } as const;
    const found = [zone, given].flatMap((dns) =>
      problemsOf((at) => builders.httpsEdge.check({ ...FULL, dns }, at)),
    );
    expect(found).toEqual([
      "it.dns: a Docker host has no DNS zone; use {kind: external}",
      'it.dns.certificate: "arn" is not offered; leave it out (ACME) or use "internal"',
    ]);
  });

  test("a proxy that shares an application's network", () => {
    const [[name, backend] = ["", undefined]] = Object.entries(FULL.backends);
    const backends = { [name]: { ...backend, localProxy: true } };
    const found = problemsOf((at) => builders.httpsEdge.check({ ...FULL, backends } as never, at));
    expect(found).toEqual([
      expect.stringMatching(
        new RegExp(`^it.backends.${name}.localProxy: is not offered: .* trust the name \`edge\`$`),
      ),
    ]);
  });

  test("secrets that are in a store already", () => {
    const entries = { key: { kind: "existing", id: "x" } } as const;
    expect(problemsOf((at) => builders.secretBundle.check({ entries }, at))).toHaveLength(1);
  });
});

const exactly = (sentence: string): RegExp =>
  new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

describe("the stores' configuration", () => {
  test("lets nobody reach PostgreSQL without TLS and a password", () => {
    const rules = hostRules("10.40.1.0/26")
      .split("\n")
      .filter((line) => /^(local|host)/.test(line));
    expect(rules.every((rule) => rule.endsWith("scram-sha-256"))).toBe(true);
    expect(rules.filter((rule) => rule.startsWith("host"))).toEqual([
      expect.stringMatching(/^hostssl .* 10\.40\.1\.0\/26 /),
    ]);
  });

  test("keeps TLS on whatever the parameters say", () => {
    const command = postgresCommand({ memoryMiB: 1024, parameters: { log_statement: "ddl" } });
    expect(command).toEqual(expect.arrayContaining(["ssl=on", "log_statement=ddl"]));
    expect(command).toContain("shared_buffers=256MB");
  });

  test("has Redis listen with TLS only and keep nothing on disk", () => {
    const lines = redisConfig(64, "allkeys-lru", "secret").split("\n");
    expect(lines).toEqual(
      expect.arrayContaining(["port 0", "tls-port 6379", "requirepass secret", 'save ""']),
    );
  });
});
