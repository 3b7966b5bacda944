/** Receives the steps of a set-up. */
export interface Progress {
  /** Begins a step; its elapsed time counts from here. */
  step(title: string): {
    /** What the next redraw or heartbeat says, such as a count. */
    update(detail: string): void;
    /** Ends the step well; default result: "done". */
    done(result?: string): void;
    /** Ends the step with the reason why it did not work. */
    failed(reason: string): void;
  };
  /** One line that belongs to no step. */
  note(text: string): void;
}

/** Where and how progress is shown. */
export interface ProgressOptions {
  /** Default: stderr. */
  stream?: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  /** True redraws one line, false writes plain lines; default: true on a terminal outside CI. */
  interactive?: boolean;
  /** Milliseconds between two plain lines of a running step; default: 5000. */
  heartbeatMs?: number;
}

/** Shows long steps with their elapsed time. */
export function createProgress(options?: ProgressOptions): Progress;
