import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Context, Report, StackCheck } from "../rule";
import { about } from "./links";

/** A check of the stack that asks every resource of some types about its links. */
export function ofEach(
  types: readonly string[],
  ask: (resource: Resource, graph: Graph, context: Context) => readonly Report[],
): StackCheck {
  return {
    types,
    run: (graph, context) =>
      graph.ofType(...types).flatMap((resource) => about(resource, ask(resource, graph, context))),
  };
}
