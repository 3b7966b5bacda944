import type { ControlAnswer } from "../control-report";
import type { ReviewResult } from "../result";

/** The result for other programs: `{violations, undecided, exempted, checked}`, with `controls` where a control report was asked for. */
export function toJson(result: ReviewResult, controls?: readonly ControlAnswer[]): string {
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
  return `${JSON.stringify({ violations, undecided, exempted, checked, controls }, undefined, 2)}\n`;
}
