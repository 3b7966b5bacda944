import type { Resource } from "../resource";
import { undecided, violation, type Report } from "../rule";
import type { Value } from "../value/value";

/** The text must match; what is not known yet is undecided, what is absent passes. */
export function mustMatch(
  value: Value,
  pattern: RegExp,
  message: (text: string) => string,
): Report[] {
  if (value.unknown) return [undecided(value)];
  const text = value.text ?? (value.number === undefined ? undefined : String(value.number));
  if (text === undefined) return [];
  return pattern.test(text) ? [] : [violation(value, message(text))];
}

/** The number must be one of a list; text that is no number is one the provider cannot read. */
export function mustBeAmong(
  value: Value,
  numbers: readonly number[],
  message: (given: string) => string,
): Report[] {
  if (value.unknown) return [undecided(value)];
  if (value.absent || numbers.includes(value.number ?? NaN)) return [];
  return [violation(value, message(String(value.raw)))];
}

/** A physical name: given, given in part, or made by the provider from the logical name. */
export interface PhysicalName {
  /** Property that gives it, or would. */
  readonly at: Value;
  /** The name, or what is known of its beginning. */
  readonly text: string;
  readonly kind: "given" | "prefix" | "automatic";
}

/** The physical name of a resource; undefined while the update has yet to tell it. */
export function physicalName(
  resource: Resource,
  property = "name",
  prefixProperty = `${property}Prefix`,
): PhysicalName | undefined {
  const at = resource.at(property);
  if (at.unknown) return undefined;
  if (at.text !== undefined && at.text !== "") return { at, text: at.text, kind: "given" };
  const prefix = resource.at(prefixProperty);
  if (prefix.unknown) return undefined;
  return prefix.text === undefined || prefix.text === ""
    ? { at, text: resource.name, kind: "automatic" }
    : { at: prefix, text: prefix.text, kind: "prefix" };
}

/**
 * The name that the program itself gives; undefined for one that is not known or that the provider makes: the engine
 * shows that one too, as the logical name, perhaps in lower case, with random digits.
 */
export function fixedName(resource: Resource, property = "name"): Value | undefined {
  const at = resource.at(property);
  const { text } = at;
  if (text === undefined || text === "") return undefined;
  const begins = text.toLowerCase().startsWith(resource.name.toLowerCase());
  const made = begins && /^[-_.]?[0-9a-f]{7,8}$/.test(text.slice(resource.name.length));
  return made && resource.name !== "" ? undefined : at;
}
