import type { Engine, Traffic, Update, Wanted } from "./engine";
import { EventLog } from "./event-log";
import { ReleaseError } from "./error";
import { unlocked } from "./lock";
import { problemsIn } from "./problems";
import { pulumi, succeed, type Run } from "./pulumi";
import type { Claim } from "./record";
import { Stack } from "./stack";
import type { StackFile } from "./stack-file";

/** How long an update that outlived its release is waited for, in milliseconds. */
const PATIENCE = 45 * 60_000;

export interface EngineOptions {
  /** Folder of the Pulumi project. */
  readonly root: string;
  readonly stack: string;
  readonly file: StackFile;
  /** Folder of the policy pack; undefined leaves it off. */
  readonly pack: string | undefined;
  /** The claim of a release that died: a lock of its machine may be taken away. */
  readonly dead: () => Claim | undefined;
}

/** Pulumi's CLI on one stack. */
export class PulumiEngine implements Engine {
  readonly #options: EngineOptions;
  /** The state, as long as no update of ours changes it. */
  #known: Stack | undefined;
  #updates = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async stack(): Promise<Stack> {
    const { root, stack } = this.#options;
    if (this.#known) return this.#known;
    const read = new Stack(await succeed(root, ["stack", "export", "--stack", stack]));
    if (this.#updates === 0) this.#known = read;
    return read;
  }

  async preview(wanted: Wanted): Promise<void> {
    const args = await this.#arguments(wanted);
    refuseFailed(
      await pulumi(this.#options.root, ["preview", ...this.#policy(), ...args]),
      "preview",
    );
  }

  async refresh(urns: readonly string[]): Promise<void> {
    await this.#patient([
      ...["refresh", "--yes", "--skip-preview", "--clear-pending-creates"],
      ...(await this.#arguments({ images: {}, jobs: "run" })),
      ...urns.flatMap((urn) => ["--target", urn]),
    ]);
  }

  async start(
    wanted: Wanted,
    traffic?: Traffic,
    untouched: readonly string[] = [],
  ): Promise<Update> {
    const args = await this.#arguments(wanted, traffic, untouched);
    const events = new EventLog();
    let ended = false;
    const done = this.#patient([
      ...["up", "--yes", "--skip-preview", `--event-log=${events.file}`],
      ...[...this.#policy(), ...args],
    ]);
    const noticed = done.finally(() => {
      ended = true;
      events.close();
    });
    // Whoever starts it may look at it later.
    noticed.catch(() => undefined);
    return {
      done: noticed,
      ended: () => ended,
      progress: () => events.progress(),
    };
  }

  async up(wanted: Wanted, traffic?: Traffic, untouched?: readonly string[]): Promise<void> {
    const { done } = await this.start(wanted, traffic, untouched);
    await done;
  }

  /** Runs once no other update holds the stack's lock. */
  async #patient(args: readonly string[]): Promise<void> {
    const { root, stack, dead } = this.#options;
    this.#updates++;
    this.#known = undefined;
    try {
      const run = await unlocked(args, {
        ...{ folder: root, stack, patience: PATIENCE },
        isDead: ({ host }) => host !== undefined && host === dead()?.host,
      });
      refuseFailed(run, args[0] ?? "");
    } finally {
      this.#updates--;
    }
  }

  async #arguments(
    wanted: Wanted,
    traffic?: Traffic,
    untouched: readonly string[] = [],
  ): Promise<string[]> {
    const { stack, file } = this.#options;
    const jobs = wanted.jobs === "skip" ? await this.#jobs() : [];
    const excluded = new Set([...jobs, ...untouched]);
    return [
      ...["--stack", stack, "--suppress-outputs", "--config-file", file.write(wanted, traffic)],
      ...[...excluded].flatMap((urn) => ["--exclude", urn]),
    ];
  }

  #policy(): string[] {
    const { pack } = this.#options;
    return pack === undefined ? [] : ["--policy-pack", pack];
  }

  /** What one-off jobs consist of. An excluded resource stays as it is, whatever the program says. */
  async #jobs(): Promise<string[]> {
    return (await this.stack()).within("OneOffJob").map(({ urn }) => urn);
  }
}

function refuseFailed({ code, stdout, stderr }: Run, command: string): void {
  if (code === 0) return;
  const why = problemsIn(`${stdout}\n${stderr}`) || `exit code ${code}`;
  throw new ReleaseError(`pulumi ${command} failed: ${why}`);
}
