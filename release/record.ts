import type { Built } from "./build/images";
import type { Services } from "./driver";
import type { ImageChoice } from "./engine";

/** The steps of a release, in their order. */
export const STEPS = ["plan", "candidate", "smoke", "promote", "bake", "settle", "verify"] as const;
export type Step = (typeof STEPS)[number];

/** How a release ended. `restored`: it failed, and what served before serves again. */
export type Result = "released" | "restored" | "failed";

/** One release or rollback, under way or ended. Holds names and digests, never a secret. */
export interface Release {
  /** Counted per stack, from 1: `r1`. */
  readonly id: string;
  readonly kind: "release" | "rollback";
  /** What was asked for: a version, or the release that is gone back to. */
  readonly version: string;
  /** Images by name, as the stack's config takes them, digests where they are known. */
  readonly images: Readonly<Record<string, ImageChoice>>;
  /** The same of before, to go back to. */
  readonly imagesBefore: Readonly<Record<string, ImageChoice>>;
  /** Digest that each service is to run, where it is known. */
  readonly digests: Readonly<Record<string, string>>;
  /** What this release has built, by image: where it comes from, and what is in it. */
  readonly built?: Readonly<Record<string, Built>>;
  /** What served before. */
  readonly before: Services;
  /** What has been verified to serve at the end. */
  readonly after?: Services;
  /** Why its migration cannot be undone, when it cannot: bars the way back over it. */
  readonly irreversible?: string;
  /** Commit of the program, where it is a git checkout. */
  readonly commit?: string;
  /** Who started it: the CI's actor, or the user at the machine. */
  readonly by: string;
  readonly startedAt: string;
  /** The step that is, or was last, under way. */
  readonly step: Step | "restore";
  /** Share of the traffic that was given last, in percent. */
  readonly percent: number;
  /** When the candidates were about to get their first traffic: alarms from then on count. */
  readonly alarmsSince?: string;
  /** When the traffic was moved last, and the bake time began. */
  readonly bakeSince?: string;
  readonly endedAt?: string;
  readonly result?: Result;
  /** Why it failed. */
  readonly reason?: string;
}

/** Who is at work on the stack's releases. */
export interface Claim {
  readonly release: string;
  readonly host: string;
  readonly pid: number;
  /** Renewed while the process lives. */
  readonly beat: string;
}

/** The releases of one stack, oldest first. */
export interface Journal {
  readonly releases: readonly Release[];
  readonly claim?: Claim;
}
