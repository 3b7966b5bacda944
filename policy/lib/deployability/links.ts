import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import { undecided, type Report } from "../rule";
import type { Value } from "../value/value";

/** A report on a resource of the stack. */
export type StackReport = Report & { readonly resource: Resource };

/** What properties point to. */
export interface Targets {
  /** Resources of the plan, each with the property that names it. */
  readonly found: readonly { readonly resource: Resource; readonly at: Value }[];
  /** What is not known yet or lies outside the plan: an answer nobody can give, never a violation. */
  readonly open: readonly Report[];
}

/** The resources of some types that properties point to. Absent properties point to nothing. */
export function targets(
  graph: Graph,
  resource: Resource,
  values: readonly Value[],
  ...types: string[]
): Targets {
  const found: { resource: Resource; at: Value }[] = [];
  const open: Report[] = [];
  for (const at of values) {
    if (at.absent) continue;
    const links = graph.links(resource, at, types);
    found.push(...links.resources.map((target) => ({ resource: target, at })));
    if (links.resources.length > 0) continue;
    const [literal] = links.outside;
    if (!links.complete) open.push(undecided(at));
    else if (literal !== undefined) open.push(outside(at, literal));
  }
  return { found, open };
}

/** What a literal name or id means cannot be told: the plan does not hold the thing it names. */
export function outside(at: Value, literal: string): Report {
  return cannotTell(at, `${literal} is not part of the plan`);
}

/** An answer that nobody can give, with the reason. */
export function cannotTell(at: Value, reason: string): Report {
  return { verdict: "undecided", path: at.path, message: `cannot tell: ${reason}` };
}

/** Reports about a resource, in the form stack rules give. */
export function about(resource: Resource, reports: readonly Report[]): StackReport[] {
  return reports.map((report) => ({ ...report, resource }));
}

/**
 * The values at a path with lists in it: `loadBalancers[].targetGroupArn`. Where something on the way is unknown, that
 * unknown value stands for all below it.
 */
export function valuesAt(value: Value, path: string): Value[] {
  if (value.unknown) return [value];
  const cut = path.indexOf("[]");
  if (cut < 0) return [value.at(path)];
  const list = value.at(path.slice(0, cut));
  const rest = path.slice(cut + 2).replace(/^\./, "");
  return list.each.flatMap((item) => (rest === "" ? [item] : valuesAt(item, rest)));
}
