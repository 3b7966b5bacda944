import { leaves, type Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";

/** What a property points to, as far as a plan tells. */
export interface Pointer {
  /** Certainly meant. */
  readonly targets: readonly Resource[];
  /** Some of these are meant: unknown parts of one property share their dependencies. */
  readonly maybe: readonly Resource[];
  /** Literal names of things the plan does not hold. */
  readonly outside: readonly string[];
  /** True where a part is unknown and nothing tells what it points to. */
  readonly blind: boolean;
}

/**
 * Resources of the given types a property points to. Property dependencies know top-level properties only: what they
 * say of a part of a property is certain only if no other part is unknown too, or there is one candidate.
 */
export function pointsTo(
  graph: Graph,
  resource: Resource,
  value: Value,
  types: readonly string[],
): Pointer {
  const links = graph.links(resource, value, types);
  const blindHere = blindLeaves(value.raw);
  const named = dependenciesOf(graph, resource, value, types);
  if (blindHere > 0 && !isExact(resource, value, blindHere, named.length)) {
    const certain = links.resources.filter((target) => !named.includes(target));
    return { targets: certain, maybe: named, outside: links.outside, blind: false };
  }
  const { resources, outside, complete } = links;
  return { targets: resources, maybe: [], outside, blind: !complete };
}

/** Resources of the given types that a property was made from, whatever its text looks like now. */
export function madeFrom(
  graph: Graph,
  resource: Resource,
  value: Value,
  types: readonly string[],
): Resource[] {
  const { targets } = pointsTo(graph, resource, value, types);
  return targets.length > 0 ? [...targets] : dependenciesOf(graph, resource, value, types);
}

/** True if a property points to nothing the plan could not resolve. */
export function isResolved(pointer: Pointer): boolean {
  return !pointer.blind && pointer.maybe.length === 0 && pointer.outside.length === 0;
}

/** Adds up pointers. */
export function joined(pointers: readonly Pointer[]): Pointer {
  return {
    targets: [...new Set(pointers.flatMap(({ targets }) => targets))],
    maybe: [...new Set(pointers.flatMap(({ maybe }) => maybe))],
    outside: pointers.flatMap(({ outside }) => outside),
    blind: pointers.some(({ blind }) => blind),
  };
}

function isExact(resource: Resource, value: Value, blindHere: number, candidates: number): boolean {
  const property = topLevel(value);
  // As many unknown parts as candidates: each is one of them, whatever else of the property is unknown.
  if (candidates <= blindHere || candidates <= 1 || value.path === property) return true;
  return blindLeaves(resource.at(property).raw) === blindHere;
}

function topLevel(value: Value): string {
  return /^[^.[]*/.exec(value.path)?.[0] ?? "";
}

function dependenciesOf(
  graph: Graph,
  resource: Resource,
  value: Value,
  types: readonly string[],
): Resource[] {
  const urns = resource.propertyDependencies[topLevel(value)] ?? [];
  const found = urns.flatMap((urn) => graph.find(urn) ?? []);
  return [...new Set(found)].filter((target) => types.includes(target.type));
}

function blindLeaves(raw: unknown): number {
  let count = 0;
  for (const leaf of leaves(raw)) {
    if (leaf instanceof Unknown && leaf.references.length === 0) count++;
  }
  return count;
}
