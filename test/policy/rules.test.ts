import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { readConfig } from "../../policy/lib/config";
import { GOVERNANCE } from "../../policy/lib/governance";
import { CATEGORIES, typesOf } from "../../policy/lib/rule";
import { allRules } from "../../policy/lib/rules";
import { configSchema } from "../../policy/lib/schema";
import { cloudOf, normaliseToken } from "../../policy/lib/tokens";

const rules = allRules();
const root = join(__dirname, "../..");
const types = [...new Set(rules.flatMap(typesOf))];

describe("the rules", () => {
  it("have ids of their own", () => {
    const ids = rules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s says what is needed to act on it",
    (_id, rule) => {
      expect(CATEGORIES).toContain(rule.category);
      expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
      expect(rule.why).toMatch(/^[A-Z].*\.$/);
      expect(rule.controls.nist.length).toBeGreaterThan(0);
      expect(rule.controls.cis.length).toBeGreaterThan(0);
      expect(typesOf(rule).length).toBeGreaterThan(0);
      const clouds = new Set(typesOf(rule).map(cloudOf));
      for (const cloud of clouds) if (cloud !== undefined) expect(rule.fix).toHaveProperty(cloud);
    },
  );

  it("name types as the rules see them", () => {
    expect(types.filter((type) => normaliseToken(type) !== type)).toEqual([]);
  });
});

describe("the types the rules name", () => {
  // The classic Azure provider and docker-build are judged but not installed; provider resources have no class.
  const installed = types.filter((type) => /^(aws|azure-native|gcp|docker):/.test(type));

  it.each(installed)("%s exists in the installed SDK", (type) => {
    const [pkg, module] = type.split(":") as [string, string];
    const folder = join(
      root,
      "node_modules/@pulumi",
      pkg,
      module.split("/")[0]?.replace("index", "") ?? "",
    );
    const name = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
    const file = readdirSync(folder).find((entry) => entry.toLowerCase() === `${name}.js`);
    expect(file).toBeDefined();
    expect(readFileSync(join(folder, file ?? ""), "utf8")).toContain(`__pulumiType = '${type}'`);
  });
});

describe("normaliseToken", () => {
  it.each([
    ["azure-native:storage/v20230101:StorageAccount", "azure-native:storage:StorageAccount"],
    [
      "azure-native_storage_v20230101:storage:StorageAccount",
      "azure-native:storage:StorageAccount",
    ],
    ["azure-native:cache/v20230801:Redis", "azure-native:redis:Redis"],
    ["aws:alb/listener:Listener", "aws:lb/listener:Listener"],
    ["aws:applicationloadbalancing/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"],
    ["aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"],
    ["aws:rds/instance:Instance", "aws:rds/instance:Instance"],
    ["pulumi:pulumi:Stack", "pulumi:pulumi:Stack"],
    ["odd", "odd"],
  ])("%s is %s", (token, expected) => {
    expect(normaliseToken(token)).toBe(expected);
  });
});

describe("the config files", () => {
  const folder = join(root, "policy/config");
  const files = readdirSync(folder).filter((name) => name !== "schema.json");
  const validate = new Ajv({ strict: false }).compile(configSchema(rules));

  it("have the schema the rules ask for", () => {
    const written: unknown = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8"));
    expect(written).toEqual(configSchema(rules));
  });

  it.each(files)("%s fits the schema and the rules", (name) => {
    const config = JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>;
    expect(validate(config) || validate.errors).toBe(true);
    expect(() => readConfig(config, [...rules, ...GOVERNANCE])).not.toThrow();
  });
});
