import fs from "node:fs";
import path from "node:path";
import { tableFromSdk } from "../../sandbox/lib/sdk";
import type { PackageTable, TypeTable } from "../../sandbox/lib/table";

const ROOT = path.join(__dirname, "../..");
const PACKAGES = ["aws", "azure-native", "gcp", "docker", "random", "tls"] as const;

/** Inputs that the SDK's comments call a reason for a new resource, and why the table does not. */
const CONDITIONAL: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance enablePrimaryIpv6": "only when it is switched off",
  "aws:ec2/vpcEndpoint:VpcEndpoint privateDnsEnabled": "the comment is about AWS's own default",
  "aws:elasticache/replicationGroup:ReplicationGroup transitEncryptionEnabled":
    "only with engines before 7.0.5",
  "aws:ecs/service:Service forceNewDeployment": "makes a new deployment, not a new service",
  "aws:lb/loadBalancer:LoadBalancer secondaryIpsAutoAssignedPerSubnet":
    "only of network load balancers, and only when it is lowered",
  "aws:lb/loadBalancer:LoadBalancer securityGroups": "only of network load balancers",
  "aws:lb/loadBalancer:LoadBalancer subnets": "only of network load balancers",
  "gcp:sql/databaseInstance:DatabaseInstance enforceNewSqlNetworkArchitecture":
    "decided by the project, not by the program",
};

interface Row {
  readonly type: string;
  readonly table: TypeTable;
}

const rows: Row[] = [];

beforeAll(async () => {
  for (const name of PACKAGES) {
    const module: unknown = await import(`../../sandbox/${name}/index`);
    const { provider } = module as { provider: PackageTable };
    for (const load of Object.values(provider.services)) {
      const { types = {} } = await load();
      for (const [type, table] of Object.entries(types)) rows.push({ type, table });
    }
  }
});

/** The declaration file of a type; file names differ from type names in letter case only. */
function declarationOf(type: string): string | undefined {
  const [name = "", module = "", last = ""] = type.split(":");
  const [folder = "", file = last] = module.split("/");
  const place = path.join(ROOT, "node_modules/@pulumi", name, folder === "index" ? "" : folder);
  // A module of an earlier SDK, which states may still name.
  if (!fs.existsSync(place)) return undefined;
  const found = fs
    .readdirSync(place)
    .find((entry) => entry.toLowerCase() === `${file.toLowerCase()}.d.ts`);
  return found === undefined ? undefined : fs.readFileSync(path.join(place, found), "utf8");
}

/** Names of a type's inputs, by its typings. */
function inputsOf(type: string): Set<string> {
  const text = declarationOf(type) ?? "";
  const args = text.slice(text.lastIndexOf("Args {"));
  return new Set([...args.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name = ""]) => name));
}

/** Top-level inputs a row replaces on; its physical name is one. */
function replacedBy({ replaceOn = [], name }: TypeTable): string[] {
  const tops = replaceOn.map((place) => place.split(/[.[]/)[0] as string);
  return [...new Set([...tops, ...(name === undefined ? [] : [name.property])])];
}

it("knows every type that the platforms use", () => {
  const known = new Set(rows.map(({ type }) => type));
  const imports = fs
    .readdirSync(path.join(ROOT, "providers"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(ROOT, "providers", file), "utf8")
        .matchAll(/^import (?!type )[^;]*? from "(@pulumi\/(?!pulumi")[^"]+)"/gm),
    ])
    .map(([, module = ""]) => module);
  expect(imports.length).toBeGreaterThan(100);
  const types = [...new Set(imports)].flatMap((module) => {
    const code = fs.readFileSync(require.resolve(module), "utf8");
    return /__pulumiType = '([^']+)'/.exec(code)?.[1] ?? [];
  });
  expect(types.filter((type) => !known.has(type))).toEqual([]);
});

it("replaces on inputs that exist", () => {
  const current = rows.filter(({ type }) => declarationOf(type) !== undefined);
  expect(rows.length - current.length).toBeLessThanOrEqual(2);
  const wrong = current.flatMap(({ type, table }) => {
    const inputs = inputsOf(type);
    return replacedBy(table).flatMap((key) => (inputs.has(key) ? [] : [`${type} ${key}`]));
  });
  expect(wrong).toEqual([]);
});

it("replaces on every input that the SDK says forces a new resource", () => {
  const missing = rows.flatMap(({ type, table }) => {
    const own = new Set(replacedBy(table));
    const said = tableFromSdk(`@pulumi/${type.split(":")[0]}`, type, [ROOT]).replaceOn ?? [];
    return said.filter((key) => !own.has(key)).map((key) => `${type} ${key}`);
  });
  expect(missing.filter((key) => CONDITIONAL[key] === undefined)).toEqual([]);
});
