import type { Resource } from "../resource";
import type { Value } from "../value/value";

/** Kinds of characters a generated password may hold: how many there are, and the properties that ask for them. */
const CLASSES = [
  { size: 26, flags: ["lower"], least: "minLower" },
  { size: 26, flags: ["upper"], least: "minUpper" },
  { size: 10, flags: ["numeric", "number"], least: "minNumeric" },
  { size: 21, flags: ["special"], least: "minSpecial" },
] as const;

/** More often than this a generated password would not do. */
const TOLERATED = 0.001;

/** Number of the four kinds of characters (lower, upper, digit, other) in a text. */
export function classesIn(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
}

/**
 * True where a random password is sure enough to hold at least three kinds of characters, false where it is not;
 * the value that will tell where something is unknown.
 */
export function holdsThreeClasses(password: Resource): boolean | Value {
  const length = password.at("length");
  const flags = CLASSES.flatMap(({ flags: names }) => names.map((name) => password.at(name)));
  const unknown = [length, ...flags].find((value) => value.unknown);
  if (unknown !== undefined) return unknown;
  const enabled = CLASSES.filter(({ flags: names }) =>
    names.every((name) => password.at(name).boolean !== false),
  );
  if (enabled.length < 3) return false;
  const chance = enabled.filter(({ least }) => (password.at(least).number ?? 0) < 1);
  if (enabled.length - chance.length >= 3) return true;
  const total = enabled.reduce((sum, { size }) => sum + size, 0);
  const missing = (size: number): number => (1 - size / total) ** (length.number ?? 0);
  // With four kinds two would have to be missing, with three one.
  const odds =
    enabled.length === 3
      ? chance.map(({ size }) => missing(size))
      : pairs(chance).map(([one, other]) => missing(one.size + other.size));
  return odds.reduce((sum, one) => sum + one, 0) <= TOLERATED;
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]));
}
