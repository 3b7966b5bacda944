import { type ConfigError, readConfig } from "../../policy/lib/config";
import { evaluate } from "../../policy/lib/evaluate";
import { readExemptions, type Exemption } from "../../policy/lib/exemptions";
import { allRules } from "../../policy/lib/rules";
import type { PlainResource } from "../../policy/lib/resource";

const database: PlainResource = {
  type: "aws:rds/instance:Instance",
  name: "main",
  urn: "urn:pulumi:staging::portolan::aws:rds/instance:Instance::main",
  props: { storageEncrypted: false, backupRetentionPeriod: 7, publiclyAccessible: false },
};
const exemption: Exemption = {
  rule: "database-encrypted",
  urn: "urn:pulumi:staging::*::main",
  owner: "platform@example.com",
  reason: "generated data",
  expires: "2030-01-31",
};
const ids = new Set(allRules().map((rule) => rule.id));
const rulesOf = (found: readonly { rule: string }[]): string[] => found.map(({ rule }) => rule);

describe("levels", () => {
  const levelOf = (id: string, config: object): string | undefined => {
    const rule = allRules().find((candidate) => candidate.id === id);
    return rule && readConfig({ ...config }, allRules()).levelOf(rule);
  };

  it("follow severity and profile unless configured", () => {
    expect(levelOf("database-encrypted", {})).toBe("mandatory");
    expect(levelOf("image-pinned", {})).toBe("advisory");
    expect(levelOf("deletion-protection", {})).toBe("advisory");
    expect(levelOf("customer-managed-key", {})).toBe("disabled");
    expect(
      levelOf("customer-managed-key", { settings: { requireCustomerManagedKeys: true } }),
    ).toBe("mandatory");
  });

  it("can be set for all and for one", () => {
    const config = { all: "advisory", "database-encrypted": { enforcementLevel: "disabled" } };
    expect(levelOf("database-encrypted", config)).toBe("disabled");
    expect(levelOf("container-non-root", config)).toBe("advisory");
  });

  it("switch a rule off altogether", () => {
    const { violations } = evaluate([database], { config: { "database-encrypted": "disabled" } });
    expect(rulesOf(violations)).not.toContain("database-encrypted");
  });

  it("refuse what is wrong, all at once", () => {
    const config = {
      nonsense: "advisory",
      "database-encrypted": "loud",
      settings: { minimumLogDays: "x", colour: 1 },
    };
    let problems: readonly string[] = [];
    try {
      readConfig(config, allRules());
    } catch (error) {
      problems = (error as ConfigError).problems;
    }
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(/^nonsense: there is no rule of this id/);
  });
});

describe("exemptions", () => {
  const run = (entry: Exemption, now: string) =>
    evaluate([database], { exemptions: [entry], now: new Date(now) });

  it("move a finding apart, with who accepted it", () => {
    const { violations, exempted } = run(exemption, "2030-01-31T23:59:59Z");
    expect(rulesOf(violations)).not.toContain("database-encrypted");
    expect(exempted).toMatchObject([
      { rule: "database-encrypted", exemption: { owner: "platform@example.com" } },
    ]);
  });

  it("become a violation of their own the day after they expire", () => {
    const { violations, exempted } = run(exemption, "2030-02-01T00:00:00Z");
    expect(exempted).toEqual([]);
    expect(rulesOf(violations)).toEqual(
      expect.arrayContaining(["database-encrypted", "exemption-expired"]),
    );
  });

  it("are a violation when they cover nothing in the stack they name", () => {
    const { violations } = run({ ...exemption, urn: "urn:pulumi:staging::*::gone" }, "2029-01-01");
    expect(violations).toContainEqual(expect.objectContaining({ rule: "exemption-unmatched" }));
  });

  it("of another stack are left alone", () => {
    const { violations } = run(
      { ...exemption, urn: "urn:pulumi:prod::portolan::*::main" },
      "2029-01-01",
    );
    expect(rulesOf(violations)).not.toContain("exemption-unmatched");
  });

  it("are refused with all problems at once", () => {
    const bad = { exemptions: [{ rule: "no-such-rule", urn: "*", owner: "a", expires: "soon" }] };
    expect(() => readExemptions(bad, ids)).toThrow(
      /reason: is missing[\s\S]*no rule[\s\S]*not a day[\s\S]*exempt everything/,
    );
    expect(() => readExemptions({ exemptions: "all" }, ids)).toThrow(/must be a list/);
    expect(readExemptions({}, ids)).toEqual([]);
  });
});

describe("answers", () => {
  it("say that nothing was decided when nothing was", () => {
    const { checked } = evaluate([{ type: "random:index/randomPet:RandomPet", name: "pet" }]);
    expect(checked).toMatchObject({ resources: 1, decided: 0, decisions: [] });
  });

  it("mention that ignored changes keep the cloud wrong", () => {
    const ignored = { ...database, opts: { ignoreChanges: ["storageEncrypted"] } };
    const { violations } = evaluate([ignored]);
    expect(violations.find(({ rule }) => rule === "database-encrypted")?.message).toContain(
      "ignoreChanges",
    );
  });

  it("never print a secret value", () => {
    const secret = "Zx9-correct-horse-battery";
    const { violations } = evaluate([
      {
        type: "docker:index/container:Container",
        name: "web",
        props: { image: "a:1", envs: [`DB_PASSWORD=${secret}`] },
      },
      {
        type: "aws:lambda/function:Function",
        name: "fn",
        props: { environment: { variables: { URL: `redis://:${secret}@c` } } },
      },
    ]);
    expect(rulesOf(violations)).toContain("secret-in-environment");
    expect(JSON.stringify(violations)).not.toContain(secret);
  });

  it("follow links of a running stack through property dependencies", () => {
    const bucket = {
      type: "aws:s3/bucket:Bucket",
      name: "b",
      urn: "urn:b",
      props: { objectLockEnabled: true },
    };
    const lock = {
      type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      name: "l",
      urn: "urn:l",
      props: {
        bucket: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        rule: { defaultRetention: { mode: "COMPLIANCE" } },
      },
      propertyDependencies: { bucket: ["urn:b"] },
    };
    expect(rulesOf(evaluate([bucket, lock], { markers: false }).violations)).not.toContain(
      "worm-locked",
    );
    expect(rulesOf(evaluate([bucket]).violations)).toContain("worm-locked");
  });

  it("know a thing of a finished stack, which is shown without its id, by the end of a path", () => {
    const domain = {
      type: "azure-native:cdn:AFDCustomDomain",
      name: "d",
      urn: "urn:d",
      props: { hostName: "app.example.com" },
      outputs: { name: "app-example-com" },
    };
    const route = {
      type: "azure-native:cdn:Route",
      name: "r",
      urn: "urn:r",
      props: { customDomains: [{ id: "/profiles/p/customDomains/app-example-com" }] },
      propertyDependencies: { customDomains: ["urn:d"] },
    };
    const firewall = (name: string) => ({
      type: "azure-native:cdn:SecurityPolicy",
      name: "s",
      urn: "urn:s",
      props: {
        parameters: {
          associations: [
            { domains: [{ id: `/profiles/p/customDomains/${name}` }], patternsToMatch: ["/*"] },
          ],
        },
      },
      propertyDependencies: { parameters: ["urn:d"] },
    });
    const found = (name: string): string[] =>
      rulesOf(evaluate([domain, route, firewall(name)], { markers: false }).violations);
    expect(found("app-example-com")).not.toContain("azure-fd-waf-attached");
    expect(found("other-example-com")).toContain("azure-fd-waf-attached");
  });

  it("take properties that look like markers for what they are in a running stack", () => {
    const odd = {
      type: "aws:rds/instance:Instance",
      name: "d",
      props: { storageEncrypted: { ref: "a.b" } },
    };
    expect(rulesOf(evaluate([odd], { markers: false }).violations)).toContain("database-encrypted");
    expect(rulesOf(evaluate([odd]).undecided)).toContain("database-encrypted");
  });

  it("cost processor time in proportion to the number of resources", () => {
    const many = (count: number): PlainResource[] =>
      Array.from({ length: count }, (_, index) => ({
        ...database,
        name: `d${index}`,
        urn: `${database.urn}${index}`,
        props: { ...(database.props as object), kmsKeyId: `key-${index}` },
      }));
    const costPerResource = (count: number): number => {
      const resources = many(count);
      const start = process.cpuUsage();
      evaluate(resources);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / count;
    };
    costPerResource(1000);
    // Twice as many costs twice as much; three times leaves room for the garbage collector, not for a square.
    expect(costPerResource(8000)).toBeLessThan(3 * costPerResource(1000));
  });
});
