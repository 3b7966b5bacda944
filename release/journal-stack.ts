import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalPlace } from "./journal";
import { unlocked } from "./lock";
import { pulumi, refused, succeed, type Run } from "./pulumi";
import type { Journal } from "./record";
import { Stack } from "./stack";

/** Marks the journal among outputs that a later version may add. */
const OUTPUT = "journal";
/** What backends say of a stack that does not exist. */
const ABSENT = /no stack named|not found|does not exist/i;
/** In milliseconds. */
const SILENCE = 30_000;

/**
 * Keeps the journal as the only output of a small stack, `<project>-releases/<stack>`, in the backend
 * in which the released stack has its state: whoever can update that one can read and write this
 * one, from any machine. Tags exist in one backend only, the stack's config file lies on a runner's
 * disk, and an output of the released stack itself would take an update per step.
 *
 * Read by `pulumi stack export` and written by `pulumi stack import`, which every backend has and
 * which take no program. `pulumi stack output` shows it to people.
 */
export class JournalStack implements JournalPlace {
  readonly #folder: string;
  readonly #project: string;
  readonly #stack: string;
  readonly #secretsProvider: string | undefined;

  /** `stack` may have an organisation and the released project in front. */
  constructor(root: string, project: string, stack: string, secretsProvider: string | undefined) {
    const words = stack.split("/");
    const name = words.at(-1) ?? stack;
    const organisation = words.length > 1 ? `${words[0]}/` : "";
    this.#project = `${project}-releases`;
    this.#stack = words.length > 1 ? `${organisation}${this.#project}/${name}` : name;
    this.#secretsProvider = secretsProvider;
    this.#folder = join(root, ".portolan", "releases");
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(
      join(this.#folder, "Pulumi.yaml"),
      `name: ${this.#project}\ndescription: Journal of releases, written by bin/release\nruntime: nodejs\n`,
    );
  }

  async read(): Promise<Journal | undefined> {
    const run = await pulumi(this.#folder, ["stack", "export", "--stack", this.#stack]);
    if (run.code === 0) return new Stack(run.stdout).outputs[OUTPUT] as Journal | undefined;
    if (ABSENT.test(run.stderr)) return undefined;
    throw refused(run);
  }

  async write(journal: Journal): Promise<void> {
    const state = this.#deployment(journal);
    const run = await this.#import(state);
    if (run.code === 0) return;
    if (!ABSENT.test(run.stderr)) throw refused(run);
    await succeed(this.#folder, [
      ...["stack", "init", this.#stack, "--no-select"],
      ...(this.#secretsProvider ? ["--secrets-provider", this.#secretsProvider] : []),
    ]);
    const again = await this.#import(state);
    if (again.code !== 0) throw refused(again);
  }

  /** It takes a second: whoever holds the lock for longer died meanwhile. */
  #import(state: string): Promise<Run> {
    const stack = this.#stack;
    const rules = { folder: this.#folder, stack, patience: 2 * SILENCE };
    return unlocked(
      ["stack", "import", "--stack", stack],
      { ...rules, isDead: (_lock, waited) => waited >= SILENCE },
      state,
    );
  }

  /** A state with nothing in it but the stack itself and its output. */
  #deployment(journal: Journal): string {
    const name = this.#stack.split("/").at(-1) ?? this.#stack;
    const type = "pulumi:pulumi:Stack";
    const now = new Date().toISOString();
    return JSON.stringify({
      version: 3,
      deployment: {
        manifest: { time: now, magic: "", version: "" },
        resources: [
          {
            urn: `urn:pulumi:${name}::${this.#project}::${type}::${this.#project}-${name}`,
            custom: false,
            type,
            outputs: { [OUTPUT]: journal },
            created: now,
            modified: now,
          },
        ],
        metadata: {},
      },
    });
  }
}
