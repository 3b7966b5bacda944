import type { Plan } from "../input/plan";
import { review, type ReviewOptions } from "../review";
import type { ReviewFinding } from "../result";
import type { Change } from "./changes";
import { connectionsOf } from "./network";

/** What a change does to one stack. */
export interface StackDiff {
  readonly stack: string;
  /** Why the base or the head could not be deployed or previewed; the rest is then what is known. */
  readonly errors: readonly string[];
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly findings: Compared<ReviewFinding>;
  /** Who can newly connect to what, and who no longer can. */
  readonly connections: Compared<string>;
  /** Number of resources by type, where it differs. */
  readonly inventory: readonly { type: string; before: number; after: number }[];
}

export interface Compared<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

export const NOTHING: Compared<never> = { added: [], removed: [] };

/** Findings that only one of two plans has. */
export function compareFindings(
  base: Plan | undefined,
  head: Plan,
  options: ReviewOptions,
): Compared<ReviewFinding> {
  const before = base === undefined ? [] : ordered(review(base, options).violations);
  return difference(before, ordered(review(head, options).violations), place);
}

const place = ({ rule, urn, path }: ReviewFinding): string => [rule, urn, path].join(" ");

/** Those of one rule by place: a state lists resources in the order in which they happened to end. */
function ordered(findings: readonly ReviewFinding[]): readonly ReviewFinding[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const rank = ({ rule }: ReviewFinding): number => rules.indexOf(rule);
  return [...findings].sort((a, b) => rank(a) - rank(b) || place(a).localeCompare(place(b), "en"));
}

export function compareConnections(base: Plan | undefined, head: Plan): Compared<string> {
  const before = base === undefined ? [] : connectionsOf(base);
  return difference([...before], [...connectionsOf(head)], String);
}

export function compareInventory(base: Plan | undefined, head: Plan): StackDiff["inventory"] {
  const before = countTypes(base);
  const after = countTypes(head);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((type) => ({ type, before: before.get(type) ?? 0, after: after.get(type) ?? 0 }))
    .filter((row) => row.before !== row.after)
    .sort((a, b) => a.type.localeCompare(b.type));
}

function countTypes(plan: Plan | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type, custom } of plan?.resources ?? []) {
    if (custom) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function difference<T>(before: readonly T[], after: readonly T[], key: (each: T) => string) {
  const had = new Set(before.map(key));
  const has = new Set(after.map(key));
  return {
    added: after.filter((each) => !had.has(key(each))),
    removed: before.filter((each) => !has.has(key(each))),
  };
}
