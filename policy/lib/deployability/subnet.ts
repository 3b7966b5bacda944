import { parseRange, type AddressRange } from "../net/ranges";
import type { Value } from "../value/value";

/** Length of the prefix of an IPv4 range, for example 24; undefined for anything else. */
export function prefixLength(range: Value): number | undefined {
  const text = range.text;
  const parsed = text === undefined ? undefined : parseRange(text);
  if (parsed === undefined || parsed.family !== 4) return undefined;
  return 32 - Math.round(Math.log2(Number(parsed.to - parsed.from + 1n)));
}

/** A known IPv4 or IPv6 range. */
export function rangeOf(range: Value): AddressRange | undefined {
  return range.text === undefined ? undefined : parseRange(range.text);
}
