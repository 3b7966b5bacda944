import { randomInt } from "node:crypto";
import type { Plain } from "../lib/values";

/** The character classes of the real provider, with the inputs that switch and bound them. */
const CLASSES = [
  { flag: "lower", minimum: "minLower", letters: "abcdefghijklmnopqrstuvwxyz" },
  { flag: "upper", minimum: "minUpper", letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { flag: "numeric", minimum: "minNumeric", letters: "0123456789" },
  { flag: "special", minimum: "minSpecial", letters: "!@#$%&*()-_=+[]{}<>:?" },
] as const;

/** A password or string that keeps to lengths, classes and minimums. */
export function randomString(inputs: Plain): string {
  const characters: string[] = [];
  let all = "";
  for (const { flag, minimum, letters } of CLASSES) {
    const own = flag === "special" ? inputs.overrideSpecial || letters : letters;
    if (inputs[flag] !== false) all += own;
    for (let count = 0; count < (inputs[minimum] ?? 0); count++) characters.push(pick(own));
  }
  while (characters.length < inputs.length) characters.push(pick(all));
  return shuffled(characters).join("");
}

/** Why these inputs make no string, in the words of the real provider. */
export function stringFailure(inputs: Plain): { property: string; reason: string } | undefined {
  const { length } = inputs;
  if (typeof length !== "number") return undefined;
  const reserved = CLASSES.reduce((sum, { minimum }) => {
    const value = inputs[minimum];
    return sum + (typeof value === "number" ? value : 0);
  }, 0);
  if (length < 1)
    return { property: "length", reason: `expected length to be at least 1, got ${length}` };
  if (length < reserved) {
    return {
      property: "length",
      reason: `the length (${length}) must be >= min_upper + min_lower + min_numeric + min_special (${reserved})`,
    };
  }
  const on = CLASSES.some(({ flag }) => inputs[flag] !== false);
  return on
    ? undefined
    : { property: "lower", reason: "at least one class of characters must be on" };
}

export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(randomInt(left.length), 1));
  return out;
}

function pick(letters: string): string {
  return letters[randomInt(letters.length)] ?? "";
}
