import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { Unknown } from "../../value/unknown";
import type { Value } from "../../value/value";
import { leavesUnder } from "../endpoints";
import { linked } from "./named";
import { REDIS, SECRET, SECRET_VERSION, SQL } from "./types";
import { secretsOf, templateOf } from "./workloads";

/** A store a workload connects to by a private address, and the property that says so. */
export interface StoreUse {
  readonly store: Resource;
  readonly at: Value;
}

/** Outputs of a store by which it is reached in its network. */
const ADDRESSES = /^(privateIpAddress|firstIpAddress|ipAddresses|host|readEndpoint|nodes)/;

/** Stores whose private address is in the workload's variables, or in a secret it reads. */
export function storesOf(graph: Graph, workload: Resource): StoreUse[] {
  const uses = new Map<Resource, Value>();
  const add = (at: Value, found: readonly Resource[]): void => {
    for (const store of found) if (!uses.has(store)) uses.set(store, at);
  };
  for (const at of leavesUnder(templateOf(workload))) add(at, addressed(graph, workload, at));
  for (const { secret: at } of secretsOf(workload)) {
    const secret = linked(graph, workload, at, SECRET).resource;
    if (secret === undefined) continue;
    for (const version of graph.ofType(SECRET_VERSION)) {
      if (linked(graph, version, version.at("secret"), SECRET).resource !== secret) continue;
      for (const leaf of leavesUnder(version.at("secretData")))
        add(at, addressed(graph, version, leaf));
    }
  }
  return [...uses].map(([store, at]) => ({ store, at }));
}

function addressed(graph: Graph, user: Resource, at: Value): Resource[] {
  const { raw } = at;
  if (!(raw instanceof Unknown)) {
    const text = at.text ?? "";
    return graph
      .ofType(SQL, REDIS)
      .filter((store) =>
        [privateAddress(store)].some((host) => host !== "" && text.includes(host)),
      );
  }
  if (raw.references.length === 0)
    return graph.links(user, at, [SQL, REDIS]).resources.filter(isPrivateOnly);
  return raw.references.flatMap(({ resource, output }) => {
    const store = graph.find(resource);
    if (store === undefined || ![SQL, REDIS].includes(store.type)) return [];
    if (output === "") return isPrivateOnly(store) ? [store] : [];
    const isFirst = output.startsWith("firstIpAddress");
    return ADDRESSES.test(output) && (!isFirst || isPrivateOnly(store)) ? [store] : [];
  });
}

function privateAddress(store: Resource): string {
  return store.outputs.at(store.type === SQL ? "privateIpAddress" : "host").text ?? "";
}

/** A cache is never on the internet; a database is unless it says otherwise. */
function isPrivateOnly(store: Resource): boolean {
  return store.type === REDIS || store.at("settings.ipConfiguration.ipv4Enabled").boolean === false;
}
