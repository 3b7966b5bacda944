import { createHash } from "node:crypto";

/**
 * Shortens a name to a platform's limit. What is cut off is replaced by a short hash of the whole,
 * so that two long names that begin alike stay different.
 */
export function fit(name: string, max: number): string {
  if (name.length <= max) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return `${name.slice(0, max - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
