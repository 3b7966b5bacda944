import pc from "picocolors";
import { sentenceOf } from "../../result";
import type { Change } from "../changes";
import type { StackDiff } from "../compare";
import { stops, summaryOf } from "./summary";

/** The same for a terminal: worst first, readable without colour. */
export function toTerminal(
  base: string,
  head: string,
  diffs: readonly StackDiff[],
  colour: boolean,
): string {
  const c = pc.createColors(colour);
  const lines = [c.bold(`Plan of ${head} against ${base} (simulated clouds)`)];
  for (const diff of diffs) {
    const paint = stops(diff) ? c.red : c.green;
    lines.push("", `${paint(diff.stack)}: ${summaryOf(diff)}`);
    for (const error of diff.errors) lines.push(...error.split("\n").map((each) => `  ${each}`));
    lines.push(...diff.changes.flatMap(changeLines));
    for (const finding of diff.findings.added) {
      lines.push(`  ${finding.level} ${finding.rule}  ${finding.name}: ${sentenceOf(finding)}`);
    }
    for (const { rule, name } of diff.findings.removed) lines.push(`  fixed ${rule}  ${name}`);
    for (const each of diff.connections.added) lines.push(`  can newly connect: ${each}`);
    for (const each of diff.connections.removed) lines.push(`  can no longer connect: ${each}`);
  }
  return `${lines.join("\n")}\n`;
}

function changeLines({ kind, data, name, type, properties }: Change): string[] {
  const loses = data && (kind === "deleted" || kind === "replaced");
  return [
    `  ${loses ? `${kind.toUpperCase()}, WITH ITS DATA` : kind}  ${name}  ${type}`,
    ...properties.map(
      ({ path, before = "unset", after = "unset", replaces }) =>
        `      ${path}: ${before} → ${after}${replaces ? " (replaces)" : ""}`,
    ),
  ];
}
