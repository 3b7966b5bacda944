import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { Value } from "../../value/value";
import { target, type Target } from "../target";

/**
 * The resource a property names, by reference, id, link or name: most arguments of Google's provider take
 * `projects/p/global/networks/n` as well as `n`.
 */
export function linked(
  graph: Graph,
  resource: Resource,
  at: Value,
  ...types: readonly string[]
): Target {
  const found = target(graph, resource, at, ...types);
  const last = at.text?.split("/").at(-1) ?? "";
  if (found.resource !== undefined || last === "" || last === at.text) return found;
  const short = target(graph, resource, new Value(last, at.path), ...types);
  return short.resource === undefined ? found : short;
}
