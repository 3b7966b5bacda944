import type { Formatter } from "picocolors/types";
import pc from "picocolors";
import {
  count,
  groupBy,
  sentenceOf,
  SEVERITIES,
  type ReviewFinding,
  type ReviewResult,
} from "../result";

type Colours = ReturnType<typeof pc.createColors>;

/** The result for a terminal: worst first, one block per rule, readable without colour. */
export function toText(result: ReviewResult, colour: boolean): string {
  const c = pc.createColors(colour);
  const lines = [c.bold(`Review of ${result.plan.source}`), scope(result), ""];
  for (const group of groupBy(result.violations, (finding) => finding.rule).values()) {
    lines.push(...block(group, c), "");
  }
  lines.push(...section("Cannot tell yet", result.undecided, c));
  if (result.exempted.length > 0) {
    lines.push(c.bold("Exempt"));
    for (const { rule, name, urn, exemption } of result.exempted) {
      lines.push(
        `  ${rule}  ${name || urn}`,
        `      until ${exemption.expires}, ${exemption.owner}: ${exemption.reason}`,
      );
    }
    lines.push("");
  }
  for (const note of result.plan.notes) lines.push(`Note: ${note}`);
  lines.push(summary(result, c));
  return `${lines.join("\n")}\n`;
}

/** What was looked at, so that a clean result can be weighed. */
export function scope({ plan, rules, decisions, filters }: ReviewResult): string {
  const decided = new Set(decisions.map((decision) => decision.urn)).size;
  const limits = filters.length === 0 ? "" : ` (only ${filters.join(", ")})`;
  return `${count(rules.length, "rule")}${limits} gave ${count(decisions.length, "answer")} about ${decided} of ${count(plan.resources.length, "resource")}`;
}

function block(group: readonly ReviewFinding[], c: Colours): string[] {
  const [first] = group as [ReviewFinding];
  const paint: Record<string, Formatter> = {
    critical: c.red,
    high: c.red,
    medium: c.yellow,
    low: c.cyan,
  };
  const label = (paint[first.severity] ?? String)(first.severity.toUpperCase().padEnd(8));
  const lines = [
    `${label}  ${c.bold(first.rule)}  ${first.title}`,
    `          ${first.level}; ${first.controls.join(" ")}`,
  ];
  const width = Math.min(48, Math.max(...group.map((finding) => nameOf(finding).length)));
  for (const finding of group) {
    lines.push(
      `  ${nameOf(finding).padEnd(width)}  ${c.dim(placeOf(finding))}`.trimEnd(),
      `      ${sentenceOf(finding)}`,
    );
  }
  for (const fix of new Set(group.map((finding) => finding.fix))) lines.push(`  Fix: ${fix}`);
  return lines;
}

function section(title: string, findings: readonly ReviewFinding[], c: Colours): string[] {
  if (findings.length === 0) return [];
  const lines = [c.bold(title)];
  for (const [rule, group] of groupBy(findings, (finding) => finding.rule)) {
    lines.push(`  ${rule}`);
    for (const finding of group) lines.push(`      ${nameOf(finding)}  ${sentenceOf(finding)}`);
  }
  return [...lines, ""];
}

function nameOf(finding: ReviewFinding): string {
  return `${finding.type} ${finding.name || finding.urn}`;
}

function placeOf({ position }: ReviewFinding): string {
  return position === undefined ? "" : `${position.file}:${position.line}`;
}

function summary({ violations, undecided, exempted, decisions }: ReviewResult, c: Colours): string {
  if (decisions.length === 0 && violations.length === 0) return c.yellow("Nothing was checked");
  const parts = SEVERITIES.map((severity) => {
    const number = violations.filter((finding) => finding.severity === severity).length;
    return number === 0 ? undefined : `${number} ${severity}`;
  }).filter((part) => part !== undefined);
  const head =
    violations.length === 0
      ? c.green("No violations")
      : c.red(`${count(violations.length, "violation")} (${parts.join(", ")})`);
  return `${head}, ${undecided.length} cannot be told yet, ${exempted.length} exempt`;
}
