import { readConfig, type PackConfig } from "./config";
import { emptyOutcome, Engine } from "./engine";
import type { Exemption } from "./exemptions";
import type { Decision, ExemptedFinding, Finding } from "./finding";
import { GOVERNANCE } from "./governance";
import { allRules } from "./rules";
import { toResource, type PlainResource } from "./resource";
import type { Rule } from "./rule";

/** What a run may be told besides the resources. */
export interface EvaluateOptions {
  /** Levels and settings in the form of the CLI's `--policy-pack-config`. Default: every rule's own level. */
  config?: PackConfig;
  /** Accepted findings. Default none. */
  exemptions?: readonly Exemption[];
  /** The day exemptions are measured against. Default today. */
  now?: Date;
  /** Whether `{ref}`, `{concat}` and `{json}` in properties are markers, as in resource lists. Default true. */
  markers?: boolean;
  /** Rules to ask. Default all of the pack. */
  rules?: readonly Rule[];
}

/** The answers about a list of resources. */
export interface Evaluation {
  readonly violations: Finding[];
  /** Answers that have to wait for the update. */
  readonly undecided: Finding[];
  readonly exempted: ExemptedFinding[];
  readonly checked: {
    /** Resources given. */
    readonly resources: number;
    /** Resources at least one rule decided on. */
    readonly decided: number;
    /** Every rule that was asked, per resource, with its answer. */
    readonly decisions: Decision[];
  };
}

/**
 * Runs every rule over a list of resources: from a state file, a preview or written by hand. The same engine serves
 * the policy pack, so both give the same answers. Wrong config throws ConfigError; odd resources never throw.
 */
export function evaluate(
  resources: readonly PlainResource[],
  options: EvaluateOptions = {},
): Evaluation {
  const rules = options.rules ?? allRules();
  const configuration = readConfig(options.config ?? {}, [...rules, ...GOVERNANCE]);
  const engine = new Engine(
    rules,
    configuration,
    options.exemptions ?? [],
    options.now ?? new Date(),
  );
  const outcome = emptyOutcome();
  const decoded = resources
    .filter((resource) => typeof resource === "object" && resource !== null)
    .map((resource) => toResource(resource, options.markers ?? true));
  for (const resource of decoded) engine.resource(resource, outcome);
  engine.stack(decoded, outcome);
  engine.unusedExemptions(decoded, outcome);
  const { violations, undecided, exempted, decisions } = outcome;
  const decided = new Set(decisions.map((decision) => decision.urn)).size;
  return {
    violations,
    undecided,
    exempted,
    checked: { resources: resources.length, decided, decisions },
  };
}
