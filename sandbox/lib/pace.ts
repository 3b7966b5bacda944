import type { EngineLog } from "./engine-log";

/** Longest time without a word, in milliseconds of the person who waits. */
const INTERVAL_MS = 1_000;

/** Lets creations take as long as in reality, or a certain part of it, and says how far they are. */
export class Pace {
  readonly #log: Pick<EngineLog, "send">;
  readonly #speed: number;
  #cancelled = false;

  /** `speed` says how many times as fast as in reality. */
  constructor(log: Pick<EngineLog, "send">, speed: number) {
    this.#log = log;
    this.#speed = speed;
  }

  /** Resolves when a creation that takes so many seconds in reality is over, or the engine has cancelled. */
  async take(seconds: number, urn: string): Promise<void> {
    for (let done = 0; done < seconds && !this.#cancelled;) {
      const text = `simulated: ${minutes(done)} of ${minutes(seconds)} min`;
      await this.#log.send("info", text, urn, true);
      const step = Math.min((INTERVAL_MS / 1_000) * this.#speed, seconds - done);
      await new Promise((resolve) => setTimeout(resolve, (step / this.#speed) * 1_000));
      done += step;
    }
  }

  cancel(): void {
    this.#cancelled = true;
  }
}

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);

/** The pace that `SANDBOX_REAL_TIME` asks for; none by default. */
export function paceOf(wish: string | undefined, log: EngineLog): Pace | undefined {
  return wish === undefined ? undefined : new Pace(log, Number(wish));
}
