/** Regular expressions for the firewall, which sees addresses as text and numbers as text. */

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\/]/g, "\\$&");

/** The start of an address: the firewall shows it with scheme and host, or without. */
const BEFORE_PATH = "^(https?://[^/]+)?";

/** Matches addresses whose path begins with a prefix. `/` matches every path. */
export function prefixPattern(prefix: string): string {
  return BEFORE_PATH + escape(prefix.toLowerCase());
}

/** Matches addresses whose path fits a pattern with `*` for anything, with or without a query. */
export function pathPattern(pattern: string): string {
  const parts = pattern.toLowerCase().split("*").map(escape);
  return `${BEFORE_PATH}${parts.join("[^?]*")}([?].*)?$`;
}

/**
 * Matches decimal numbers greater than a limit, digit by digit: the firewall compares lengths of
 * texts, not numbers. For 255: four digits or more, 3.., 2[6-9]., 25[6-9].
 */
export function greaterThanPattern(limit: number): string {
  const digits = `${limit}`;
  const alternatives = [`[1-9][0-9]{${digits.length},}`];
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits.charAt(index));
    if (digit === 9) continue;
    const rest = digits.length - index - 1;
    const next = digit === 8 ? "9" : `[${digit + 1}-9]`;
    alternatives.push(`${digits.slice(0, index)}${next}${rest > 0 ? `[0-9]{${rest}}` : ""}`);
  }
  return `^0*(${alternatives.join("|")})$`;
}
