import type { PlainResource } from "./resource";
import type { Settings } from "./settings";
import { UNKNOWN } from "./value/unknown";

/** Resources and what the rule has to say about them. */
export interface Case {
  readonly resources: readonly PlainResource[];
  readonly expect: "pass" | "violation" | "undecided";
  readonly settings?: Partial<Settings>;
}

/** Cases of one rule; every group has at least one. */
export interface Fixtures {
  /** Passes. */
  readonly good: readonly (PlainResource | Case)[];
  /** Violations. */
  readonly bad: readonly (PlainResource | Case)[];
  /** The property the rule looks at is not set. */
  readonly missing: readonly Case[];
  /** The property is unknown until the update: undecided, unless the case says that presence is enough. */
  readonly unknown: readonly (PlainResource | Case)[];
  /** The property has a type the provider would refuse. */
  readonly wrongType: readonly Case[];
}

/** A value the update will tell. */
export const unknown = UNKNOWN;

/** A resource of a fixture. */
export function resource(
  type: string,
  props: object,
  name = "it",
  more: Partial<PlainResource> = {},
): PlainResource {
  return { type, name, props, ...more };
}

/** A case the rule has nothing to say about. */
export function passes(...resources: PlainResource[]): Case {
  return { resources, expect: "pass" };
}

/** A case the rule must flag. */
export function violates(...resources: PlainResource[]): Case {
  return { resources, expect: "violation" };
}

/** A case the rule must list as not decidable yet. */
export function waits(...resources: PlainResource[]): Case {
  return { resources, expect: "undecided" };
}

/** A case under settings of its own. */
export function given(settings: Partial<Settings>, made: Case): Case {
  return { ...made, settings };
}
