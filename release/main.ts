import { createInterface } from "node:readline/promises";
import { isDeepStrictEqual } from "node:util";
import { type Command, CommanderError } from "commander";
import { beginRelease, beginRollback, type Begin } from "./begin";
import { type Clock, serves } from "./context";
import { openDesk, type Desk } from "./desk";
import { ReleaseError, UsageError } from "./error";
import { BEAT } from "./journal";
import { run, takeBack, type Machine } from "./machine";
import { releaseCommand, rollbackCommand, type CommonOptions } from "./options";
import type { Release } from "./record";
import type { Reporter } from "./report/event";
import { jsonLines, plainLines } from "./report/lines";
import { smokePlan } from "./smoke-lists";
import { Terminal, type LoadList } from "./report/terminal";

/** Exit codes: as asked, taken back or refused by the plan, nothing begun, not settled. */
const DONE = 0;
const TAKEN_BACK = 1;
const NOT_BEGUN = 2;
const UNSETTLED = 3;

const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Entry of `bin/release`; resolves to the exit code. */
export const release = (argv: readonly string[], load: LoadList): Promise<number> =>
  main(releaseCommand(), argv, load, beginRelease);

/** Entry of `bin/rollback`; resolves to the exit code. */
export const rollback = (argv: readonly string[], load: LoadList): Promise<number> =>
  main(rollbackCommand(), argv, load, beginRollback);

async function main<Options extends CommonOptions>(
  command: Command,
  argv: readonly string[],
  load: LoadList,
  begin: (desk: Desk, options: Options, clock: Clock) => Promise<Begin>,
): Promise<number> {
  try {
    const options = command.parse(argv, { from: "user" }).opts<Options>();
    const desk = await openDesk(options, clock);
    const begun = await begin(desk, options, clock);
    if (!options.yes && !(await agreed(begun, options))) return NOT_BEGUN;
    return await work(desk, begun, options, await reporter(options, load));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : NOT_BEGUN;
    if (!(error instanceof ReleaseError)) throw error;
    process.stderr.write(`${command.name()}: ${error.message}\n`);
    return error instanceof UsageError ? NOT_BEGUN : UNSETTLED;
  }
}

/** Claims the stack, takes the release to its end, and lets go of it. */
async function work(
  desk: Desk,
  { release: begun, action }: Begin,
  options: CommonOptions,
  reporter: Reporter,
): Promise<number> {
  const { store } = desk;
  desk.died(await store.claim(begun.id, options.takeOver));
  const beat = setInterval(() => void store.beat().catch(() => undefined), BEAT);
  try {
    const { engine, driver, steps, bake } = desk;
    const smoke = await smokePlan(desk.file, options.stack);
    const connect = options.connect ?? process.env.PORTOLAN_CONNECT;
    const machine: Machine = {
      setting: {
        ...{ engine, driver, steps, bake, smoke, clock },
        ...(connect === undefined ? {} : { connect }),
      },
      journal: store,
      reporter,
    };
    const ended =
      action === "run"
        ? await run(machine, begun)
        : await takeBack(machine, begun, "taken back by hand");
    remind(desk, options, ended);
    const asAsked = action === "run" ? "released" : "restored";
    return ended.result === asAsked ? DONE : TAKEN_BACK;
  } finally {
    clearInterval(beat);
    await store.free().catch(() => undefined);
    await reporter.close();
  }
}

/** A release changes no file; the next plain update follows the file, whatever serves. */
function remind({ file }: Desk, { stack }: CommonOptions, ended: Release): void {
  if (ended.result !== "released") return;
  const stale = Object.entries(file.images).filter(([name, given]) => {
    const choice = ended.images[name];
    const isSame = versionOf(given) === ended.version || isDeepStrictEqual(given, choice);
    return choice !== undefined && !isSame;
  });
  if (stale.length === 0) return;
  const names = stale.map(([name, given]) => `${name} ${JSON.stringify(given)}`).join(", ");
  process.stderr.write(
    `The config file of ${stack} still names ${names}: commit what serves now, or the next plain update takes it back.\n`,
  );
}

/** `0.2.0`, or the version of an image that is written out. */
const versionOf = (given: unknown): unknown =>
  typeof given === "object" && given !== null && "version" in given ? given.version : given;

async function reporter({ json }: CommonOptions, load: LoadList): Promise<Reporter> {
  const write = (text: string): boolean => process.stdout.write(text);
  if (json) return jsonLines(write);
  const redraws = process.stdout.isTTY === true && !process.env.CI;
  return redraws ? new Terminal(await load()) : plainLines(write);
}

async function agreed({ says, release }: Begin, { stack }: CommonOptions): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UsageError("nobody can be asked here; agree with --yes");
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const now = serves(release.before);
  const answer = await prompt.question(`${stack}: ${says}?\nServes now: ${now}\n[y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
