import type { Resource } from "../resource";

/** True for a resource that the engine does not delete: it refuses to, or only forgets it. */
export function isKept({ opts }: Resource): boolean {
  return opts.protect === true || opts.retainOnDelete === true;
}
