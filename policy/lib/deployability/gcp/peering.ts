import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { violation, type Report } from "../../rule";
import { linked } from "./named";
import { NETWORK, PEERING } from "./types";

/**
 * What is wrong where something stands in Google's own network: the peering of its network has to be there first, and
 * nothing in the properties names it.
 */
export function checkPeered(graph: Graph, user: Resource, at: Value): Report[] {
  if (at.absent) return [];
  const { resource: network, open } = linked(graph, user, at, NETWORK);
  const peerings = graph.ofType(PEERING).filter((peering) => {
    const theirs = peering.at("network");
    const named = linked(graph, peering, theirs, NETWORK).resource;
    if (network !== undefined) return named === network;
    return theirs.text !== undefined && last(theirs.text) === last(at.text ?? "");
  });
  const before = graph.closure(user);
  if (peerings.some((peering) => before.has(peering))) return [];
  const [later] = peerings;
  if (later !== undefined)
    return [violation(at, `nothing makes it wait for ${later.name}, the peering of its network`)];
  if (network === undefined) return [...open];
  return [violation(at, `nothing in the plan peers ${network.name} with Google's services`)];
}

function last(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
