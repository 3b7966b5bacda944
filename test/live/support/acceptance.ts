import type { Application } from "../../acceptance/statements";
import type { Client } from "./client";
import type { LiveStack } from "./live-stack";

/** What is tried in the same way on every system; see `test/live/claims`. */
export type Claim = "from outside" | "containers" | "networks" | "stores";

/** A running system, and somebody outside who asks it. */
export interface Live {
  readonly stack: LiveStack;
  readonly client: Client;
  /** Where its audit logs go, if they go anywhere. */
  readonly siem?: { readonly text: string };
}

/** How a statement shows on a running host: a look of its own, a claim, or why nobody can see it. */
export type Observation =
  ((live: Live) => Promise<void>) | { readonly claim: Claim } | { readonly notObservable: string };

/** By the statement's number. */
export type Observations = Readonly<Record<number, Observation>>;

/**
 * Looks at the statements of an acceptance list on a running host. `claims` are those that were
 * tried on it; `only`: the numbers that show in this state of it, all by default.
 */
export function observed(
  application: Application,
  observations: Observations,
  live: Live,
  claims: readonly Claim[],
  only = Object.keys(application.statements).map(Number),
): void {
  describe("acceptance list", () => {
    for (const number of only) {
      const observation = observations[number];
      if (observation === undefined) throw new Error(`nothing is said about statement ${number}`);
      if (typeof observation === "function") {
        test(`${number}. ${application.statements[number]}`, () => observation(live));
      } else if ("claim" in observation && !claims.includes(observation.claim)) {
        throw new Error(`statement ${number}: "${observation.claim}" is not tried on this system`);
      }
    }
  });
}
