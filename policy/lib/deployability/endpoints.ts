import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { JsonText } from "../value/json-text";
import { Unknown } from "../value/unknown";
import { Value } from "../value/value";

/** A text of the plan, or an unknown value with what is known of its beginning and end. */
export interface Leaf {
  readonly resource: Resource;
  readonly at: Value;
}

const known = new WeakMap<Graph, readonly Leaf[]>();

/** Every text and every partly known text in the properties of all resources. */
export function leavesOf(graph: Graph): readonly Leaf[] {
  let leaves = known.get(graph);
  if (leaves === undefined) {
    leaves = graph.resources.flatMap((resource) =>
      [...leavesUnder(resource.props)].map((at) => ({ resource, at })),
    );
    known.set(graph, leaves);
  }
  return leaves;
}

/** Every text and every unknown value below a property. */
export function* leavesUnder(value: Value): Generator<Value> {
  const { raw } = value;
  if (typeof raw === "string" || raw instanceof Unknown) yield value;
  else if (raw instanceof JsonText) yield* leavesUnder(new Value(raw.content, value.path));
  else if (Array.isArray(raw)) for (const item of value.items) yield* leavesUnder(item);
  else for (const [, item] of value.entries) yield* leavesUnder(item);
}

/** A URL that leads to a store of the plan. */
export interface StoreUrl extends Leaf {
  readonly store: Resource;
  readonly scheme: string;
  /** The port, where one is written; undefined where it is left to the client or comes from the store itself. */
  readonly port: number | undefined;
  /** Everything behind host and port. */
  readonly rest: string;
  /** What stands before the host: user and password, as far as they are known. */
  readonly before: string;
}

/**
 * URLs with one of the schemes whose host is an output of a store, told by reference, or by the host's name where
 * values are known.
 */
export function urlsTo(
  graph: Graph,
  types: readonly string[],
  hostOutputs: readonly string[],
  scheme: RegExp,
): StoreUrl[] {
  const stores = graph.ofType(...types);
  if (stores.length === 0) return [];
  const byHost = new Map<string, Resource>();
  for (const store of stores)
    for (const output of hostOutputs) {
      const host = store.outputs.at(output).text;
      if (host !== undefined && host !== "") byHost.set(host.toLowerCase(), store);
    }
  return leavesOf(graph).flatMap(({ resource, at }): StoreUrl[] => {
    if (at.raw instanceof Unknown)
      return unknownUrl(graph, { resource, at }, at.raw, types, hostOutputs, scheme);
    const url = /^([a-z][a-z0-9+]*):\/\/((?:[^/?#]*@)?)([^/?#:@]+)(?::(\d+))?(.*)$/i.exec(
      at.text ?? "",
    );
    const [, name = "", before = "", host = "", port, rest = ""] = url ?? [];
    const store = byHost.get(host.toLowerCase());
    if (store === undefined || !scheme.test(name)) return [];
    const number = port === undefined ? undefined : Number(port);
    return [{ resource, at, store, scheme: name.toLowerCase(), port: number, rest, before }];
  });
}

function unknownUrl(
  graph: Graph,
  { resource, at }: Leaf,
  raw: Unknown,
  types: readonly string[],
  hostOutputs: readonly string[],
  scheme: RegExp,
): StoreUrl[] {
  const start = /^([a-z][a-z0-9+]*):\/\/(.*)$/is.exec(raw.prefix);
  const [, name = "", before = ""] = start ?? [];
  if (start === null || !scheme.test(name)) return [];
  const last = raw.references.at(-1);
  const named = raw.references.find(({ resource: key, output }) => {
    const store = graph.find(key);
    return store !== undefined && types.includes(store.type) && hostOutputs.includes(output);
  });
  const store = named === undefined ? undefined : graph.find(named.resource);
  if (store === undefined) return [];
  // Only what follows the host directly is its port; behind anything else it is not known.
  const follows = last === named ? /^:(\d+)(.*)$/s.exec(raw.suffix) : null;
  const port = follows === null ? undefined : Number(follows[1]);
  const rest = follows === null ? raw.suffix : (follows[2] ?? "");
  return [{ resource, at, store, scheme: name.toLowerCase(), port, rest, before }];
}
