import type { Decision, ExemptedFinding, Finding } from "../policy/lib/finding";
import type { Rule } from "../policy/lib/rule";
import type { Plan } from "./input/plan";
import type { SourcePosition } from "./input/source-position";

/** A finding with what a reviewer's tools want besides. */
export interface ReviewFinding extends Omit<Finding, "controls"> {
  /** Control ids, for example `NIST-SC-7` and `CIS-4.4`. */
  readonly controls: readonly string[];
  /** Program line that registered the resource, where it is known. */
  readonly position?: SourcePosition;
}

/** A finding somebody accepted for a time. */
export interface ReviewExempted extends ReviewFinding {
  readonly exemption: ExemptedFinding["exemption"];
}

/** The answers about a plan, as every output gets them. */
export interface ReviewResult {
  readonly plan: Plan;
  /** Rules that were asked, after the control filter; governance of exemptions among them. */
  readonly rules: readonly Rule[];
  readonly violations: readonly ReviewFinding[];
  readonly undecided: readonly ReviewFinding[];
  readonly exempted: readonly ReviewExempted[];
  readonly decisions: readonly Decision[];
  /** What the control report needs: every decision, and what is exempt, whatever the filters. */
  readonly evidence: {
    readonly decisions: readonly Decision[];
    readonly exempted: readonly Pick<Finding, "rule" | "urn">[];
  };
  /** Limits of the run, for example "--control NIST-SC-7"; empty without any. */
  readonly filters: readonly string[];
}

/** Every severity, worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** Orders findings: worst first, then by rule and resource. */
export function bySeverity(a: ReviewFinding, b: ReviewFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.urn, b.urn) ||
    compare(a.path, b.path)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `2 violations`, `1 violation`. */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? word : plural}`;
}

/** Groups values in the order they come. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

/** What is wrong, with the property it is about. */
export function sentenceOf(finding: Pick<ReviewFinding, "path" | "message">): string {
  return finding.path === "" || finding.message.includes(finding.path)
    ? finding.message
    : `${finding.path}: ${finding.message}`;
}
