import type { Resource } from "../resource";

/** True for a resource the program itself declares to be there for good: the engine refuses to delete it. */
export function isKept(resource: Resource): boolean {
  return resource.opts.protect === true;
}
