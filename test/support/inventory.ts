import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import type { Cloud } from "../../components/cloud";
import { scriptOf } from "../../providers/aws/host-document";
import { ROOT } from "../docs/markdown";
import type { Stage } from "./stacks";
import { SECRET_MARK, type Deployed, type DeployedResource, type Properties } from "./deployed";

/** `npm run inventory` writes the files anew; otherwise a stack is held against its file. */
const WRITE = process.env["PORTOLAN_INVENTORY"] === "write";

/** Holds a deployed stack against its committed inventory. */
export function expectInventory(system: string, cloud: Cloud, stage: Stage, stack: Deployed): void {
  const name = `test/inventory/${system}-${cloud}-${stage}.yaml`;
  const file = path.join(ROOT, name);
  const text = inventory(stack);
  if (WRITE) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return;
  }
  const committed = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  if (text === committed) return;
  const [now, then] = [text.split("\n"), committed.split("\n")];
  const line = now.findIndex((each, index) => each !== then[index]);
  throw new Error(
    `${name}:${line + 1}: "${then[line]?.slice(0, 200)}" has become "${now[line]?.slice(0, 200)}"; ` +
      `run npm run inventory -- ${system}-${cloud}, and review what git diff shows`,
  );
}

/**
 * What a stack consists of, for people to compare in a review: type, name and chosen inputs of every
 * resource, sorted. Secrets are masked. What another resource decides (ids, addresses, generated
 * names) stands as `{name.output}`, so that two deployments of one description read the same.
 */
function inventory(stack: Deployed): string {
  const resources = stack.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const byUrn = new Map(stack.resources.map((each) => [each.urn, each]));
  const types: Record<string, Record<string, unknown>> = {};
  for (const resource of resources) {
    const names = (types[resource.type] ??= {});
    if (resource.name in names) throw new Error(`${resource.type} ${resource.name}: twice`);
    names[resource.name] = chosen(resource, byUrn);
  }
  return yaml.dump(types, { sortKeys: true, lineWidth: 120, noRefs: true });
}

/** Said of every resource of a stack alike, or of none that a review would look at. */
const LEFT_OUT = ["tags", "labels"];

/** Hashes over what others decide: they say that something changed, never what. */
const HASHES = ["forceUpdateTag", "runExecutionToken"];
/** Likewise the end of a host's revision, which hashes a script with generated ids in it. */
const REVISION = /@[0-9a-f]{12}$/;

/** Scripts that travel in base64, as they are read by people. */
const PACKED: Readonly<Record<string, (text: string) => string>> = {
  "aws:ec2/launchTemplate:LaunchTemplate#userData": (text) =>
    Buffer.from(text, "base64").toString("utf8"),
  "aws:ssm/document:Document#content": scriptOf,
};

function chosen(
  resource: DeployedResource,
  byUrn: ReadonlyMap<string, DeployedResource>,
): Properties | null {
  // A component shows in what it consists of.
  if (resource.type.startsWith("portolan:")) return null;
  const inputs = withoutDefaults(resource.inputs) as Properties;
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([property]) => !LEFT_OUT.includes(property))
      .map(([property, value]) => {
        if (HASHES.includes(property)) return [property, "(hash)"];
        const needed = resource.propertyDependencies[property] ?? [];
        const tokens = needed.flatMap((urn) => tokensOf(byUrn.get(urn)));
        const unpack = PACKED[`${resource.type}#${property}`];
        const text = unpack && typeof value === "string" ? unpack(value) : value;
        return [property, readable(text, longestFirst(tokens))];
      }),
  );
}

/** A generated text, and what stands for it. */
type Token = readonly [text: string, name: string];

const longestFirst = (tokens: readonly Token[]): Token[] =>
  [...tokens].sort(([a, x], [b, y]) => b.length - a.length || (x < y ? -1 : 1));

/** Chosen by the stack, and shown by every resource as its own. */
const PLACE = /(^|\.)(region|location|project|account|accountId|ownerId|partition)$/;

/** Texts that a resource brought with it: those which its description did not choose. */
function tokensOf(resource: DeployedResource | undefined): Token[] {
  if (!resource) return [];
  const { id, inputs, outputs, propertyDependencies } = resource;
  const own = Object.entries(inputs).filter(([key]) => !propertyDependencies[key]?.length);
  const given = new Set(leaves(withoutDefaults(Object.fromEntries(own))).map(([, text]) => text));
  return [...(id === undefined ? [] : [["id", id] as const]), ...leaves(outputs)]
    .filter(([path, text]) => text.length >= 4 && !given.has(text) && !PLACE.test(path))
    .flatMap(([path, text]): Token[] => {
      const whole: Token = [text.trim(), `{${resource.name}.${path}}`];
      // Names below the same domain are made from it.
      const [, domain] = /^[\w-]+\.([\w-]+(?:\.[\w-]+)+)$/.exec(text) ?? [];
      return domain === undefined
        ? [whole]
        : [whole, [domain, `{${resource.name}.${path}: domain}`]];
    });
}

/** Texts and numbers of a value, with their paths. */
function leaves(value: unknown, path: readonly string[] = []): (readonly [string, string])[] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (typeof value === "number") return [[path.join("."), `${value}`]];
  if (typeof value !== "object" || value === null || SECRET_MARK in value) return [];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
}

/** Without what the provider has filled in: it lists that in `__defaults`. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null || SECRET_MARK in value) return value;
  const filled = new Set(["__defaults", ...((value as Properties)["__defaults"] ?? [])]);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !filled.has(key))
      .map(([key, each]) => [key, withoutDefaults(each)]),
  );
}

/** Masked, with names for what was generated, and documents inside a text unfolded. */
function readable(value: unknown, tokens: readonly Token[]): unknown {
  if (typeof value === "string")
    return unfolded(named(value, tokens).replace(REVISION, "@(hash)"), tokens);
  if (Array.isArray(value)) return value.map((each) => readable(each, tokens));
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_MARK in value) return "(secret)";
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [named(key, tokens), readable(each, tokens)]),
  );
}

const named = (text: string, tokens: readonly Token[]): string =>
  tokens.reduce((result, [generated, name]) => result.replaceAll(generated, name), text);

/** A document inside a text, which may hold further ones, reads better as what it is. */
function unfolded(text: string, tokens: readonly Token[]): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return readable(JSON.parse(text), tokens);
  } catch {
    return text;
  }
}
