import type { Deployed } from "../support/deployed";

/**
 * The two profiles of an application, deployed on one cloud and exported with their secrets, which
 * stay in memory.
 */
export interface Stacks {
  readonly staging: Deployed;
  readonly prod: Deployed;
  /** prod as it is stored, with its secrets encrypted. */
  readonly sealed: Deployed;
}

/** A check throws when its statement is not true of the deployed stacks. */
export type Check = (stacks: Stacks) => void;

/** A statement of which a target can keep a part: what holds is checked, and the rest is said. */
export interface Partly {
  readonly check: Check;
  /** What of the statement does not hold there, and why. */
  readonly missing: string;
}

/** By number in the application's acceptance list; a reason where a statement is about others. */
export type Checks = Readonly<Record<number, Check | Partly | { readonly notApplicable: string }>>;

/** What is said about an application on every cloud alike. */
export interface Application {
  /** As people call it. */
  readonly title: string;
  /** As `portolan:system` names it. */
  readonly system: string;
  /** Its acceptance list, shortened. */
  readonly statements: Readonly<Record<number, string>>;
  /** Images that a release brings, by their names in `portolan:images`. */
  readonly released: readonly string[];
  /** Jobs that a release runs, before it changes a service that runs what it brings. */
  readonly migrations: readonly string[];
  /** Services that a release changes. */
  readonly services: readonly string[];
}
