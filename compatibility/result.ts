/** The commands that a program is put through, in order. */
export const STEPS = ["preview", "up", "second up", "destroy"] as const;
export type Step = (typeof STEPS)[number];

/** What came of a program. */
export interface Result {
  readonly name: string;
  /** Why it was not run. */
  readonly notRun?: string;
  /** The step that failed, and what was said; steps after it were not taken. */
  readonly failed?: { readonly step: Step; readonly said: readonly string[] };
  /** Packages that it was written for in another major version than ours. */
  readonly writtenFor?: readonly string[];
  /** Resources of clouds in the state after the update, by type. */
  readonly resources?: Readonly<Record<string, number>>;
  /** Types that the sandbox knows by their SDK only, without a table of its own. */
  readonly untabled?: readonly string[];
  /** Findings of the policy pack in the update, all of them advisory here, by rule. */
  readonly findings?: Readonly<Record<string, number>>;
}

/** A run over a folder. */
export interface Run {
  /** Version of the engine. */
  readonly engine: string;
  readonly results: readonly Result[];
}
