import type { ControlAnswer } from "../control-report";
import type { NetworkReport } from "../network/report";
import type { ReviewResult } from "../result";

/** Reports that were asked for besides. */
export interface Reports {
  readonly controls?: readonly ControlAnswer[];
  readonly network?: NetworkReport;
}

/** The result for other programs: `{violations, undecided, exempted, checked}`, and the reports that were asked for. */
export function toJson(result: ReviewResult, reports: Reports = {}): string {
  const { plan, violations, undecided, exempted, decisions, rules, filters } = result;
  const verdicts = (verdict: string): number =>
    decisions.filter((decision) => decision.verdict === verdict).length;
  const checked = {
    source: plan.source,
    /** Resources read. */
    resources: plan.resources.length,
    /** Resources at least one rule decided on. */
    decided: new Set(decisions.map((decision) => decision.urn)).size,
    rules: rules.length,
    answers: decisions.length,
    passed: verdicts("pass"),
    filters,
    notes: plan.notes,
  };
  return `${JSON.stringify({ violations, undecided, exempted, checked, ...reports }, undefined, 2)}\n`;
}
