import { Unknown } from "./unknown";

/** A JSON document whose structure is known although single values in it may be unknown. */
export class JsonText {
  readonly content: unknown;

  constructor(content: unknown) {
    this.content = content;
  }
}

/** True if any part of the value is unknown. */
export function hasUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof JsonText) return hasUnknown(value.content);
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(hasUnknown);
  return false;
}
