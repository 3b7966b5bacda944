import { Unknown } from "../value/unknown";
import type { Value } from "../value/value";

/**
 * Names of the outputs an unknown value was taken from, as far as the plan tells: resource lists do, the engine tells
 * only the resources.
 */
export function outputsOf({ raw }: Value): readonly string[] {
  return raw instanceof Unknown ? raw.references.map(({ output }) => output) : [];
}
