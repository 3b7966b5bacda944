import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { InputError } from "../review/input/problem";
import { readStack } from "../review/input/stack";
import { readState } from "../review/input/state";
import { DrillError } from "./command";
import { drill } from "./drill";
import { sourcesOf } from "./sources";

/** Exit codes: every database was restored, one was not, the drill could not begin. */
const PASSED = 0;
const FAILED = 1;
const BAD_INPUT = 2;

interface Options {
  readonly stack: string;
  readonly file?: string;
  readonly maxAge: number;
  readonly patience: number;
  readonly every: number;
}

/** Entry of `bin/restore-drill`; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(parse(argv));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? PASSED : BAD_INPUT;
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`restore-drill: ${error.message}\n`);
    return BAD_INPUT;
  }
}

async function run({ stack, file, ...options }: Options): Promise<number> {
  const plan =
    file === undefined
      ? readStack(stack, process.cwd())
      : readState(readFileSync(file, "utf8"), file);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  let code = PASSED;
  for (const { source, cloud } of sourcesOf(plan)) {
    const prefix = `portolan-drill-${stack.split("/").at(-1)}-${source.name}-`;
    try {
      await drill(source, cloud, { ...options, prefix, say });
    } catch (error) {
      // The others are tried all the same: which of them can be had back is what one wants to know.
      if (!(error instanceof DrillError)) throw error;
      process.stderr.write(`restore-drill: ${error.message}\n`);
      code = FAILED;
    }
  }
  return code;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `90m` or `26h`, in milliseconds. */
function duration(text: string): number {
  const [, amount, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) {
    throw new InvalidArgumentError("write a time such as 30s, 90m or 26h");
  }
  return Number(amount) * factor;
}

function parse(argv: readonly string[]): Options {
  const command = new Command("restore-drill")
    .description(
      "Restores the newest backup of every database beside it, compares, and removes it again.",
    )
    .requiredOption("-s, --stack <name>", "the stack, whose state names the databases")
    .option("--file <state.json>", "its state from a file instead")
    .option(
      "--max-age <time>",
      "age of the newest backup above which it fails",
      duration,
      26 * 3_600_000,
    )
    .option("--patience <time>", "longest wait for a restore", duration, 3 * 3_600_000)
    .option("--every <time>", "time between two looks", duration, 30_000)
    .addHelpText(
      "after",
      "\nExit code: 0 all were restored, 1 one was not, 2 the drill could not begin.",
    )
    .allowExcessArguments(false)
    .exitOverride();
  command.parse(argv, { from: "user" });
  return command.opts<Options>();
}
