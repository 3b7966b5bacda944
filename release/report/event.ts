import type { Result, Step } from "../record";

/** What happens in a release, as it happens; `--json` prints one per line. */
export interface Event {
  readonly at: string;
  /** `r7`. */
  readonly release: string;
  readonly step: Step | "restore";
  /** `note` tells something inside a step. `end` is the last event of a release. */
  readonly state: "begin" | "note" | "done" | "failed" | "end";
  readonly message?: string;
  /** Of `end`: how it ended. */
  readonly result?: Result;
}

/** Shows events to somebody. */
export interface Reporter {
  tell(event: Event): void;
  /** Waits until everything is shown. */
  close(): Promise<void>;
}
