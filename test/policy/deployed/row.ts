/**
 * A way to spoil a deployed resource: path of the property, its unsafe value, the rule that has to catch it, and where
 * it applies if not everywhere.
 */
export type Row = readonly [
  path: string,
  value: unknown,
  rule: string,
  only?: (parent: Record<string, unknown>) => boolean,
  /** Type without which there is nothing to catch. */
  needs?: string,
];

/** What a cloud's resources can lose. */
export interface Spoils {
  /** By type. */
  readonly properties: Readonly<Record<string, readonly Row[]>>;
  /** Types whose resources protect others just by being there, and the rule that misses them. */
  readonly missing: Readonly<Record<string, string>>;
}

/** A statement of a policy document that lets anybody do anything. */
export const ANYBODY = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
export const ADMIN = { Effect: "Allow", Action: "*", Resource: "*" };
