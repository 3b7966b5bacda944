import type { Context } from "./context";
import { sentence } from "./error";
import type { JournalStore } from "./journal";
import type { Release, Result, Step } from "./record";
import { STEPS } from "./record";
import type { Reporter } from "./report/event";
import { bake } from "./steps/bake";
import { candidate } from "./steps/candidate";
import { plan } from "./steps/plan";
import { promote } from "./steps/promote";
import { restore } from "./steps/restore";
import { settle } from "./steps/settle";
import { smoke } from "./steps/smoke";
import { verify } from "./steps/verify";

const ACTIONS: Readonly<Record<Step, (context: Context) => Promise<void>>> = {
  plan,
  candidate,
  smoke,
  promote,
  bake,
  settle,
  verify,
};

/** Everything but the record and what writes and tells of it. */
export type Setting = Omit<Context, "release" | "save" | "note">;

export interface Machine {
  readonly setting: Setting;
  readonly journal: JournalStore;
  readonly reporter: Reporter;
}

/**
 * Takes a release from the step its record names to its end. Every step asks the cloud what is true
 * and does what is missing, so that it does not matter where an earlier process was killed. Whatever
 * fails once something may have changed leads back to what served before.
 *
 * Throws when it could not be taken back: the record then says so, and the same command tries again.
 */
export async function run(machine: Machine, begun: Release): Promise<Release> {
  const keeper = new Keeper(machine, begun);
  const from = begun.step;
  if (from === "restore") return back(keeper, begun.reason ?? "");
  for (const step of STEPS.slice(STEPS.indexOf(from))) {
    try {
      await keeper.take(step, ACTIONS[step]);
    } catch (error) {
      const reason = sentence(error);
      keeper.tell("failed", reason);
      // A preview changes nothing.
      if (step === "plan") return keeper.end("failed", reason);
      return back(keeper, reason);
    }
  }
  return keeper.end("released");
}

/** Takes a release back whatever its step is. */
export function takeBack(machine: Machine, begun: Release, reason: string): Promise<Release> {
  return back(new Keeper(machine, begun), reason);
}

/** Tries at the way back, and the pause between them in milliseconds: what fails may pass. */
const TRIES = 3;
const PAUSE = 20_000;

async function back(keeper: Keeper, reason: string): Promise<Release> {
  for (let tried = 1; ; tried++) {
    try {
      await keeper.take("restore", restore, { reason });
      return await keeper.end("restored", reason);
    } catch (error) {
      keeper.tell("failed", sentence(error));
      if (tried >= TRIES) throw error;
      await keeper.pause(PAUSE);
    }
  }
}

/** Holds the record: what is written to the journal is what the steps see. */
class Keeper {
  readonly #machine: Machine;
  #release: Release;

  constructor(machine: Machine, release: Release) {
    this.#machine = machine;
    this.#release = release;
  }

  async take(
    step: Release["step"],
    action: (context: Context) => Promise<void>,
    change: Partial<Release> = {},
  ): Promise<void> {
    await this.save({ step, ...change });
    this.tell("begin");
    const release = (): Release => this.#release;
    await action({
      ...this.#machine.setting,
      get release() {
        return release();
      },
      save: (change) => this.save(change),
      note: (message) => this.tell("note", message),
    });
    this.tell("done");
  }

  async save(change: Partial<Release>): Promise<void> {
    this.#release = { ...this.#release, ...change };
    await this.#machine.journal.put(this.#release);
  }

  pause(milliseconds: number): Promise<void> {
    return this.#machine.setting.clock.sleep(milliseconds);
  }

  tell(state: "begin" | "note" | "done" | "failed" | "end", message?: string): void {
    const { id, step, result } = this.#release;
    this.#machine.reporter.tell({
      at: this.#machine.setting.clock.now().toISOString(),
      release: id,
      step,
      state,
      ...(message ? { message } : {}),
      ...(state === "end" && result ? { result } : {}),
    });
  }

  async end(result: Result, reason?: string): Promise<Release> {
    const endedAt = this.#machine.setting.clock.now().toISOString();
    await this.save({ result, endedAt, ...(reason ? { reason } : {}) });
    this.tell("end", reason);
    return this.#release;
  }
}
