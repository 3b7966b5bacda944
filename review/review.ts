import { ConfigError, type PackConfig } from "../policy/lib/config";
import { evaluate } from "../policy/lib/evaluate";
import { ExemptionError, loadExemptions, type Exemption } from "../policy/lib/exemptions";
import type { Finding } from "../policy/lib/finding";
import { GOVERNANCE } from "../policy/lib/governance";
import { allRules } from "../policy/lib/rules";
import { controlIds, isCovered, parseControl } from "./control-ids";
import type { Plan } from "./input/plan";
import { InputError } from "./input/problem";
import { bySeverity, SEVERITIES, type ReviewFinding, type ReviewResult } from "./result";

/** What a review may be told besides the plan. */
export interface ReviewOptions {
  /** Levels and settings of the pack. Default: every rule's own level. */
  readonly config?: PackConfig;
  /** Exemptions file. Default none. */
  readonly exemptions?: string;
  /** Control whose rules are shown. Default all. */
  readonly control?: string;
  /** Least severity that is shown. Default low: everything. */
  readonly minSeverity?: (typeof SEVERITIES)[number];
  /** The day exemptions are measured against. Default today. */
  readonly now?: Date;
}

/** Runs the pack over a plan and keeps what was asked for. Wrong config, exemptions and controls throw InputError. */
export function review(plan: Plan, options: ReviewOptions): ReviewResult {
  const every = [...allRules(), ...GOVERNANCE];
  const known = every.flatMap((rule) => controlIds(rule.controls));
  const control = options.control === undefined ? undefined : parseControl(options.control, known);
  const exemptions = readExemptions(options.exemptions);
  const evaluation = translated(() =>
    evaluate(plan.resources, {
      config: options.config,
      exemptions,
      now: options.now,
      markers: plan.markers,
    }),
  );
  const rules = every.filter(
    (rule) =>
      control === undefined || controlIds(rule.controls).some((id) => isCovered(id, control)),
  );
  const ids = new Set(rules.map((rule) => rule.id));
  const worst = SEVERITIES.slice(0, SEVERITIES.indexOf(options.minSeverity ?? "low") + 1);
  const positions = new Map(plan.resources.map((resource) => [resource.urn, resource.position]));
  const keep = <T extends Finding>(
    findings: readonly T[],
  ): (Omit<T, "controls"> & ReviewFinding)[] =>
    findings
      .filter((finding) => ids.has(finding.rule) && worst.includes(finding.severity))
      .map((finding) => ({
        ...finding,
        controls: controlIds(finding.controls),
        position: positions.get(finding.urn),
      }))
      .sort(bySeverity);
  const filters = [
    ...(control === undefined ? [] : [`control ${control}`]),
    ...(options.minSeverity === undefined ? [] : [`severity ${options.minSeverity} and above`]),
  ];
  return {
    plan,
    rules,
    violations: keep(evaluation.violations),
    undecided: keep(evaluation.undecided),
    exempted: keep(evaluation.exempted),
    decisions: evaluation.checked.decisions.filter((decision) => ids.has(decision.rule)),
    evidence: { decisions: evaluation.checked.decisions, exempted: evaluation.exempted },
    filters,
  };
}

function readExemptions(file: string | undefined): Exemption[] {
  if (file === undefined) return [];
  const ids = new Set(allRules().map((rule) => rule.id));
  return translated(() => loadExemptions(file, ids));
}

/** The pack's own problems with config and exemptions are sentences already. */
function translated<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ExemptionError)
      throw new InputError(error.message);
    throw error;
  }
}
