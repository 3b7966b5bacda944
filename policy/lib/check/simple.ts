import { undecided, violation, type Report } from "../rule";
import type { Value } from "../value/value";

/** What an absent property means, by the provider's default. */
export type Absent = "passes" | "violates";

/** The property must be true; anything else that is known is a violation. */
export function mustBeTrue(value: Value, message: string, absent: Absent = "violates"): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent) return absent === "passes" ? [] : [violation(value, message)];
  return value.boolean === true ? [] : [violation(value, message)];
}

/** The property must not be true; absent means false unless said otherwise. */
export function mustNotBeTrue(value: Value, message: string, absent: Absent = "passes"): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent) return absent === "passes" ? [] : [violation(value, message)];
  return value.boolean === true ? [violation(value, message)] : [];
}

/** The property must be set; an unknown value counts, an empty text or list does not. */
export function mustBeSet(value: Value, message: string): Report[] {
  if (value.unknown) return [];
  const empty =
    value.absent || value.text === "" || (Array.isArray(value.raw) && value.raw.length === 0);
  return empty || value.raw === false ? [violation(value, message)] : [];
}

/** The property must be one of the given words, whatever their letter case. */
export function mustBeOneOf(
  value: Value,
  words: readonly string[],
  message: string,
  absent: Absent = "violates",
): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent) return absent === "passes" ? [] : [violation(value, message)];
  return value.isWord(...words) ? [] : [violation(value, message)];
}

/** The property must not be one of the given words, whatever their letter case. */
export function mustNotBeOneOf(
  value: Value,
  words: readonly string[],
  message: string,
  absent: Absent = "passes",
): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent) return absent === "passes" ? [] : [violation(value, message)];
  return value.isWord(...words) ? [violation(value, message)] : [];
}

/** The number must be at least the given one; text that is no number is a violation. */
export function mustBeAtLeast(
  value: Value,
  minimum: number,
  message: string,
  absent: Absent = "violates",
): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent) return absent === "passes" ? [] : [violation(value, message)];
  return (value.number ?? -1) >= minimum ? [] : [violation(value, message)];
}
