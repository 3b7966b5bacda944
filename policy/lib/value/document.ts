import { decode } from "./decode";

const parsed = new Map<string, unknown>();
const REMEMBERED = 256;

/** Marks text that is not JSON. */
export const INVALID = Symbol("not JSON");

/** Parses a document once, however many rules read it; text that is not JSON gives {@link INVALID}. */
export function parseDocument(text: string): unknown {
  const seen = parsed.get(text);
  if (seen !== undefined) return seen;
  let content: unknown;
  try {
    content = decode(JSON.parse(text), false);
  } catch {
    content = INVALID;
  }
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(text, content);
  return content;
}
