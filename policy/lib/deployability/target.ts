import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Report } from "../rule";
import type { Value } from "../value/value";
import { cannotTell, targets } from "./links";

/** What a property that names one thing points to. */
export interface Target {
  /** The resource; undefined where the plan does not hold it or does not tell which one it is. */
  readonly resource: Resource | undefined;
  /** Why there is none, where something is named. */
  readonly open: readonly Report[];
}

/**
 * The one resource a property names. In a preview only the resources behind a property are known, and one output can
 * stand for several of them: then nobody can tell which one is meant.
 */
export function target(
  graph: Graph,
  resource: Resource,
  at: Value,
  ...types: readonly string[]
): Target {
  const { found, open } = targets(graph, resource, [at], ...types);
  const [first, second] = found;
  if (second === undefined) return { resource: first?.resource, open };
  const names = found.map((one) => one.resource.name).join(", ");
  return { resource: undefined, open: [cannotTell(at, `it names one of ${names}`)] };
}

/** Resources of a type that point to another one with a property. */
export function pointingTo(
  graph: Graph,
  parent: Resource,
  type: string,
  path: string,
): readonly Resource[] {
  return graph
    .ofType(type)
    .filter((resource) =>
      graph.links(resource, resource.at(path), [parent.type]).resources.includes(parent),
    );
}
