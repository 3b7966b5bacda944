/** An output of another resource that a value was taken from. */
export interface Reference {
  /** Logical name or URN of the resource. */
  readonly resource: string;
  /** Path of the output, for example `arn`; empty where the whole resource is meant. */
  readonly output: string;
}

/**
 * A value that is not known yet: an output during a preview. What it was taken from is kept where the
 * source of the plan says so, because most rules about links only need to know which resource is meant.
 */
export class Unknown {
  /** Outputs the value is made from; empty where the plan does not tell. */
  readonly references: readonly Reference[];
  /** Literal text after the last unknown part, for example `:1.2` of an image reference. */
  readonly suffix: string;
  /** Literal text before the first unknown part, for example `postgres://`. */
  readonly prefix: string;

  constructor(references: readonly Reference[] = [], prefix = "", suffix = "") {
    this.references = references;
    this.prefix = prefix;
    this.suffix = suffix;
  }
}

/** The unknown that nothing more is known about. */
export const UNKNOWN = new Unknown();

/** The strings the engine sends in place of unknown booleans, numbers, strings, lists, assets and objects. */
const SENTINELS: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** True for the engine's placeholder of an unknown value. */
export function isUnknownSentinel(text: string): boolean {
  return text.length === 36 && SENTINELS.has(text);
}
