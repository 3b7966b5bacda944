import * as fs from "node:fs";
import * as path from "node:path";
import { fits } from "./beside";
import { CloudError } from "./table";

/** What can go wrong. `kill` stops the engine and the provider at once, as `kill -9` on a terminal does. */
export type FaultKind =
  "throttle" | "quota" | "internal" | "denied" | "timeout" | "crash" | "kill" | "hold";

/** One planted fault. */
export interface Fault {
  kind: FaultKind;
  /** Operation it strikes; any if absent. */
  on?: "create" | "read" | "update" | "delete" | "invoke";
  /** Type token, with `*` for any characters; any if absent. */
  type?: string;
  /** Logical name, with `*` for any characters; any if absent. */
  name?: string;
  /** First call that it strikes, counted among those that fit, from 1. Default 1. */
  nth?: number;
  /** How many calls it strikes. Default 1; 0 for every call from the nth on. */
  times?: number;
  /** The cloud's words, instead of the usual ones of its kind. */
  says?: string;
  /** Strike when the cloud has already done the work, before the engine hears of it. */
  after?: boolean;
}

const MESSAGES: Partial<Record<FaultKind, string>> = {
  throttle: "api error ThrottlingException: Rate exceeded (simulated fault)",
  quota: "api error LimitExceededException: the quota of this account is reached (simulated fault)",
  internal: "api error InternalFailure: StatusCode 500, internal service error (simulated fault)",
  denied:
    "api error AccessDeniedException: not authorized to perform this action (simulated fault)",
  timeout: "timeout while waiting for state to become 'available' (simulated fault)",
};

/** Name of the file in the cloud folder that a hold leaves until somebody removes it. */
export const HOLD_FILE = "held";

/** Planted faults: from `SANDBOX_FAULTS` (JSON list) and from `faults.json` in the cloud folder. */
export class Faults {
  readonly #folder: string;
  readonly #planted: readonly Fault[];
  readonly #seen = new Map<Fault, number>();

  constructor(folder: string, environment: string | undefined) {
    this.#folder = folder;
    const file = path.join(folder, "faults.json");
    this.#planted = [
      ...parse(environment ?? "[]", "SANDBOX_FAULTS"),
      ...(fs.existsSync(file) ? parse(fs.readFileSync(file, "utf8"), file) : []),
    ];
  }

  /** Fail, die or wait before the work, if a fault says so. */
  async strike(operation: Fault["on"], type: string, urn: string): Promise<void> {
    await this.#strike(operation, type, urn, false);
  }

  /** The same once the work is done. */
  async strikeAfter(operation: Fault["on"], type: string, urn: string): Promise<void> {
    await this.#strike(operation, type, urn, true);
  }

  async #strike(on: Fault["on"], type: string, urn: string, after: boolean): Promise<void> {
    for (const fault of this.#planted) {
      if ((fault.after ?? false) !== after || !strikes(fault, on, type, urn)) continue;
      const call = (this.#seen.get(fault) ?? 0) + 1;
      this.#seen.set(fault, call);
      const first = fault.nth ?? 1;
      const times = fault.times ?? 1;
      if (call < first || (times > 0 && call >= first + times)) continue;
      await this.#happen(fault);
    }
  }

  async #happen({ kind, says }: Fault): Promise<void> {
    if (kind === "crash") process.exit(70);
    if (kind === "kill") {
      process.kill(process.ppid, "SIGKILL");
      process.kill(process.pid, "SIGKILL");
      await new Promise(() => undefined);
    }
    if (kind === "hold") {
      await this.#hold();
      return;
    }
    throw new CloudError(
      says === undefined ? (MESSAGES[kind] ?? kind) : `${says} (simulated fault)`,
    );
  }

  /** Wait until the hold file is gone; a test does its mischief meanwhile. */
  async #hold(): Promise<void> {
    const file = path.join(this.#folder, HOLD_FILE);
    fs.writeFileSync(file, `${process.pid}\n`);
    while (fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function parse(text: string, source: string): Fault[] {
  try {
    return JSON.parse(text) as Fault[];
  } catch (error) {
    throw new Error(`${source}: not a JSON list of faults`, { cause: error });
  }
}

function strikes(fault: Fault, on: Fault["on"], type: string, urn: string): boolean {
  if (fault.on !== undefined && fault.on !== on) return false;
  const name = urn.split("::").slice(3).join("::");
  if (fault.name !== undefined && !fits(fault.name, name)) return false;
  return fault.type === undefined || fits(fault.type, type);
}
