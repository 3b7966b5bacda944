import { Graph } from "../policy/lib/graph/graph";
import { toResource, type Resource } from "../policy/lib/resource";
import type { Value } from "../policy/lib/value/value";
import type { Plan } from "../review/input/plan";
import { awsGrants } from "./grants/aws";
import { azureGrants } from "./grants/azure";
import { gcpGrants } from "./grants/gcp";

const COMPONENT = "portolan:components:";

/** Output that names a secret in its store, by the type of resource. */
const STORED: Readonly<Record<string, (secret: Resource) => string | undefined>> = {
  "aws:secretsmanager/secret:Secret": ({ outputs }) => outputs.at("arn").text,
  "azure-native:keyvault:Secret": ({ id }) => id,
  "gcp:secretmanager/secret:Secret": ({ id }) => id,
};

/** Origin of what no description names: certificates, keys of the platform's own parts. */
export const OF_THE_PLATFORM = "of the platform";

/** Who can read a secret: a workload, or an identity that belongs to none. */
export interface Reader {
  readonly name: string;
  /** Variables in which the workload finds it; none where it may read it and is not given it. */
  readonly variables: readonly string[];
  /** Identities that the cloud lets read it; none on a Docker host, which hands files to the workload. */
  readonly identities: readonly string[];
}

export interface StoredSecret {
  readonly name: string;
  /** Where its value comes from, in words. */
  readonly origin: string;
  readonly readers: readonly Reader[];
}

/** The secrets of a deployed stack and who can read them, from its state; values are never looked at. */
export function inventory(plan: Plan): StoredSecret[] {
  const graph = new Graph(plan.resources.map((resource) => toResource(resource, plan.markers)));
  const grants = [awsGrants, azureGrants, gcpGrants].flatMap((each) => each(graph));
  const workloads = workloadsOf(graph);
  return secretsOf(graph)
    .map(({ name, origin, id }) => {
      const readers = new Map<string, { variables: Set<string>; identities: Set<string> }>();
      const reader = (key: string) => {
        const found = readers.get(key) ?? { variables: new Set(), identities: new Set() };
        readers.set(key, found);
        return found;
      };
      for (const { workload, variable, entry } of workloads) {
        if (entry === name) reader(workload).variables.add(variable);
      }
      for (const { identity, covers } of grants) {
        if (id === undefined || !covers(id)) continue;
        const own = typeof identity === "string" ? identity : identity.name;
        const component = typeof identity === "string" ? undefined : componentOf(graph, identity);
        reader(component ?? own).identities.add(own);
      }
      return {
        name,
        origin,
        readers: [...readers]
          .map(([key, { variables, identities }]) => ({
            name: key,
            variables: [...variables].sort(),
            identities: [...identities].sort(),
          }))
          .sort((a, b) => a.name.localeCompare(b.name)),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

interface Entry {
  readonly name: string;
  readonly origin: string;
  /** Identifier in the cloud's store; undefined on a Docker host, which has none. */
  readonly id: string | undefined;
}

/** Entries of the bundle, and what else the stack keeps in the cloud's store. */
function secretsOf(graph: Graph): Entry[] {
  const stored = new Map(
    graph.ofType(...Object.keys(STORED)).map((secret) => [secret, STORED[secret.type]?.(secret)]),
  );
  const entries: Entry[] = [];
  for (const bundle of graph.ofType(`${COMPONENT}SecretBundle`)) {
    for (const [name, source] of bundle.at("entries").entries) {
      const own = [...stored.keys()].find((each) => each.name === `${bundle.name}-${name}`);
      const id = source.at("id").text ?? (own && stored.get(own));
      if (own) stored.delete(own);
      entries.push({ name, origin: originOf(source), id });
    }
  }
  const others = [...stored].map(([{ name }, id]) => ({ name, origin: OF_THE_PLATFORM, id }));
  return [...entries, ...others];
}

function originOf(source: Value): string {
  const kind = source.at("kind").text;
  if (kind === "existing") return "kept in the cloud's store by somebody else";
  if (kind === "value") return "given, or made of a store's login";
  const label = source.at("generation").text;
  if (source.at("rotation").text === "never") return "generated; must never change";
  return `generated; may be rotated${label === undefined ? "" : `, label ${label}`}`;
}

/** Which workload finds which entry in which variable, by the descriptions. */
function workloadsOf(graph: Graph): { workload: string; variable: string; entry: string }[] {
  return graph.resources
    .filter(({ type }) => type.startsWith(COMPONENT))
    .flatMap((component) => {
      const containers = component.at("containers").entries.map(([, container]) => container);
      return [component.props, ...containers].flatMap((each) =>
        each.at("secrets").entries.flatMap(([variable, { text }]) => {
          return text === undefined ? [] : [{ workload: component.name, variable, entry: text }];
        }),
      );
    });
}

/** The component that an identity was made for. */
function componentOf(graph: Graph, identity: Resource): string | undefined {
  for (
    let at: Resource | undefined = identity;
    at;
    at = at.parent ? graph.find(at.parent) : undefined
  ) {
    if (at.type.startsWith(COMPONENT)) return at.name;
  }
  return undefined;
}
