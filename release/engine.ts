import type { Stack } from "./stack";

/** What the stack is to run; the rest stands in its config file. */
export interface Wanted {
  /** Entries of `portolan:images` that differ from the file, by name: `{digest}`, `{reference}` ... */
  readonly images: Readonly<Record<string, ImageChoice>>;
  /** `skip` leaves jobs as they are, so that an older image's migration does not run. */
  readonly jobs: "run" | "skip";
}

export type ImageChoice = string | { readonly [field: string]: unknown };

/** How production traffic is divided while a release is under way; `release:` in the config. */
export interface Traffic {
  /** Revisions that keep the rest of the traffic, by service: `release:serving`. */
  readonly serving: Readonly<Record<string, string>>;
  /** Share of the newest revisions, in percent: `release:percent`. */
  readonly percent: number;
}

/** An update under way. */
export interface Update {
  /** Resolves when it ended well; rejects with `ReleaseError`, the engine's own words. */
  readonly done: Promise<void>;
  /** Whether it has ended, well or not. */
  ended(): boolean;
  /** How far it has come: a look at what the engine has told until now. */
  progress(): Progress;
}

/** What an update has done until now. */
export interface Progress {
  /** Resources that it has come to, by URN, and what it does with each: `same`, `update` ... */
  readonly visited: ReadonlyMap<string, string>;
  /** Whether it has failed at a resource. It goes on with what is under way all the same. */
  readonly failed: boolean;
}

/** Pulumi, as a release uses it. */
export interface Engine {
  /** The stack as its state says, and while an update is under way as far as it has come. */
  stack(): Promise<Stack>;
  /** `pulumi refresh` of these resources: after it the state says what the cloud holds. */
  refresh(urns: readonly string[]): Promise<void>;
  /** `pulumi preview` with the policy pack; rejects when something mandatory is found. */
  preview(wanted: Wanted): Promise<void>;
  /**
   * Starts `pulumi up` with the policy pack, after the lock of a dead process has been released.
   * Resources of the URNs `untouched` stay as they are, also those that the program no longer has.
   */
  start(wanted: Wanted, traffic?: Traffic, untouched?: readonly string[]): Promise<Update>;
  /** `start`, and waits for the end. */
  up(wanted: Wanted, traffic?: Traffic, untouched?: readonly string[]): Promise<void>;
}
