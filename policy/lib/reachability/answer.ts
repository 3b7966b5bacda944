/** The three answers: a plan tells, or an output or a thing outside the plan would. */
export type Verdict = "yes" | "no" | "unknown";

/** An answer with its reasons: why not, or which value is missing. Sentences without secret values. */
export interface Answer {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

export const YES: Answer = { verdict: "yes", reasons: [] };

/** Certainly not, because of this. */
export function no(reason: string): Answer {
  return { verdict: "no", reasons: [reason] };
}

/** Cannot be told, because this is missing. */
export function unknown(reason: string): Answer {
  return { verdict: "unknown", reasons: [reason] };
}

/** Yes if every part is; one certain "no" decides whatever else is unknown. */
export function all(answers: readonly Answer[]): Answer {
  return strongest(answers, ["no", "unknown"]) ?? YES;
}

/** Yes if one part is; without any part, or where all fail, no. */
export function any(answers: readonly Answer[], otherwise: string): Answer {
  if (answers.some(({ verdict }) => verdict === "yes")) return YES;
  return strongest(answers, ["unknown"]) ?? strongest(answers, ["no"]) ?? no(otherwise);
}

/** The answers of the first verdict that occurs, as one. */
function strongest(answers: readonly Answer[], order: readonly Verdict[]): Answer | undefined {
  for (const verdict of order) {
    const same = answers.filter((answer) => answer.verdict === verdict);
    if (same.length > 0)
      return { verdict, reasons: [...new Set(same.flatMap(({ reasons }) => reasons))] };
  }
  return undefined;
}
