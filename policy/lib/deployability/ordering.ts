import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { violation, type StackCheck } from "../rule";
import type { Value } from "../value/value";
import { about, targets, valuesAt, type StackReport, type Targets } from "./links";

/**
 * The shape most orderings have: A names the parent P, but what it needs is a sibling S of P: not the role but the
 * policies attached to it, not the target group but the listener in front. Nothing in A's properties makes the engine
 * wait for S, so S has to be among what A depends on.
 */
export interface Ordering {
  /** Types of A. */
  readonly of: readonly string[];
  /** Types of P. */
  readonly parents: readonly string[];
  /** Where A names P: a path such as `loadBalancers[].targetGroupArn`, or a function that finds it. */
  readonly uses: string | ((graph: Graph, resource: Resource) => Targets);
  /** Types of S, each with the paths by which it points to P. */
  readonly siblings: Readonly<Record<string, readonly string[]>>;
  /** True for siblings that count for this parent. Default all. */
  readonly counts?: (sibling: Resource, parent: Resource) => boolean;
  /** Whether one sibling is enough or every one is needed. */
  readonly need: "one" | "every";
  /** What is wrong with a parent that has no sibling at all; undefined where nothing is. */
  readonly none?: (parent: Resource, resource: Resource, graph: Graph) => string | undefined;
  /** What is wrong where a sibling may come later. */
  readonly later: (sibling: Resource, parent: Resource) => string;
}

/** Checks one row of the table of orderings. */
export function ordered(row: Ordering): StackCheck {
  return {
    types: row.of,
    run: (graph) => {
      const siblings = siblingsByParent(graph, row);
      return graph.ofType(...row.of).flatMap((resource) => check(graph, row, siblings, resource));
    },
  };
}

interface Siblings {
  readonly of: ReadonlyMap<Resource, ReadonlySet<Resource>>;
  /** Siblings that point to what nobody knows yet: they may belong to any parent. */
  readonly loose: readonly { readonly resource: Resource; readonly at: Value }[];
}

function siblingsByParent(graph: Graph, row: Ordering): Siblings {
  const of = new Map<Resource, Set<Resource>>();
  const loose: { resource: Resource; at: Value }[] = [];
  for (const [type, paths] of Object.entries(row.siblings)) {
    for (const sibling of graph.ofType(type)) {
      for (const at of paths.flatMap((path) => valuesAt(sibling.props, path))) {
        const { resources, complete } = graph.links(sibling, at, row.parents);
        for (const parent of resources) {
          const same = of.get(parent);
          if (same === undefined) of.set(parent, new Set([sibling]));
          else same.add(sibling);
        }
        if (!complete && resources.length === 0) loose.push({ resource: sibling, at });
      }
    }
  }
  return { of, loose };
}

function check(graph: Graph, row: Ordering, siblings: Siblings, resource: Resource): StackReport[] {
  const { uses, parents } = row;
  const used =
    typeof uses === "function"
      ? uses(graph, resource)
      : targets(graph, resource, valuesAt(resource.props, uses), ...parents);
  const before = graph.closure(resource);
  const reports = used.found.flatMap(({ resource: parent, at }) => {
    const own = [...(siblings.of.get(parent) ?? [])].filter(
      (sibling) => row.counts?.(sibling, parent) ?? true,
    );
    const missing = own.filter((sibling) => !before.has(sibling));
    if (own.length === 0) {
      const wrong = row.none?.(parent, resource, graph);
      if (wrong === undefined) return [];
      const [loose] = siblings.loose;
      return loose === undefined
        ? [violation(at, wrong)]
        : [
            {
              verdict: "undecided" as const,
              path: at.path,
              message: `cannot tell yet: ${loose.at.path} of ${loose.resource.name} is unknown until the update`,
            },
          ];
    }
    const enough = row.need === "one" ? missing.length < own.length : missing.length === 0;
    return enough ? [] : [violation(at, row.later(missing[0] as Resource, parent))];
  });
  return about(resource, [...reports, ...used.open]);
}
