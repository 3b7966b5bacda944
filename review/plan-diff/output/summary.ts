import { count } from "../../result";
import { KINDS } from "../changes";
import type { StackDiff } from "../compare";

/** One line about a stack: what a reviewer must know if he reads nothing else. */
export function summaryOf(diff: StackDiff): string {
  const { changes, findings, connections, errors } = diff;
  const parts = KINDS.flatMap((kind) => {
    const of = changes.filter((change) => change.kind === kind);
    if (of.length === 0) return [];
    const data = of.filter((change) => change.data).length;
    const loses = data > 0 && (kind === "deleted" || kind === "replaced");
    return [`${of.length} ${kind}${loses ? ` (${data} with data)` : ""}`];
  });
  if (parts.length === 0 && errors.length === 0) parts.push("no resource changes");
  if (errors.length > 0) parts.unshift("cannot be deployed");
  if (findings.added.length > 0) parts.push(count(findings.added.length, "new finding"));
  if (findings.removed.length > 0) parts.push(`${findings.removed.length} fixed`);
  if (connections.added.length > 0) parts.push(count(connections.added.length, "new connection"));
  return parts.join(", ");
}

/** What stops a merge: a stack that cannot be deployed, or a new finding that stops an update. */
export function stops(diff: StackDiff): boolean {
  return diff.errors.length > 0 || diff.findings.added.some(({ level }) => level === "mandatory");
}
