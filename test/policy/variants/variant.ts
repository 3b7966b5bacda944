import type { PlainResource } from "../../../policy/lib/resource";

/** What it is, in words, and the resources that show it. */
export type Variant = readonly [words: string, resources: PlainResource | PlainResource[]];

/** Variants of one family of rules. */
export interface Variants {
  /** Some rule of the family has to report each. */
  readonly violations: readonly Variant[];
  /** None may report any. */
  readonly passes: readonly Variant[];
}

/** A resource. */
export function R(type: string, props: object, name = "it"): PlainResource {
  return { type, name, props };
}
