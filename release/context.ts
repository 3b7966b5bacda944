import type { Driver, Services } from "./driver";
import type { Engine, Wanted } from "./engine";
import type { Release } from "./record";
import type { SmokePlan } from "./smoke-lists";

/** Time, replaced in unit tests. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/** What every step works with. */
export interface Context {
  readonly driver: Driver;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly smoke: SmokePlan;
  /** Where smoke requests connect to instead of the entrance's own address. */
  readonly connect?: string;
  /** Shares of the traffic in percent, rising to 100. */
  readonly steps: readonly number[];
  /** How long alarms are watched after each share, in milliseconds. */
  readonly bake: number;
  /** The record as it stands. */
  readonly release: Release;
  /** Writes a change of the record to the journal before anything else happens. */
  save(change: Partial<Release>): Promise<void>;
  /** Tells something inside the current step. */
  note(message: string): void;
}

/** What the stack is to run. A way back runs no jobs: an older image's migration is not for this schema. */
export const wanted = ({ release }: Context): Wanted => ({
  images: release.images,
  jobs: release.kind === "rollback" ? "skip" : "run",
});

/** What it ran before. */
export const wantedBefore = ({ release }: Context): Wanted => ({
  images: release.imagesBefore,
  jobs: "skip",
});

/** `api 1a2b3c 100 %, ui …`: what serves, for a person. */
export function serves(services: Services): string {
  return Object.entries(services)
    .map(([name, { revisions }]) => {
      const shares = revisions
        .filter(({ percent }) => percent > 0)
        .map((each) => `${each.name} ${each.percent} %`);
      return `${name}: ${shares.join(" + ") || "nothing"}`;
    })
    .join(", ");
}
