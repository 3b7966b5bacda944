import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { InputError } from "../input/problem";
import { projectFolder } from "../input/stack";
import { exemptionsFile, readPackConfig } from "../options";
import { checkOut, type Checkout } from "./checkout";
import type { StackDiff } from "./compare";
import { compareStack, deployBase, inheritSandbox, type StackChoice } from "./diff";
import { toMarkdown } from "./output/markdown";
import { stops } from "./output/summary";
import { toTerminal } from "./output/terminal";

interface Options {
  readonly stack: readonly string[];
  readonly cwd: string;
  readonly markdown?: string;
  readonly json?: string;
  readonly profile?: string;
  readonly config?: string;
  readonly exemptions?: string;
}

/** Exit codes: nothing stops the change, something does, the question cannot be answered. */
const FINE = 0;
const STOPPED = 1;
const BAD_INPUT = 2;

/** Entry of `bin/plan-diff`; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { revisions, options } = parse(argv);
    return run(revisions, options);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? FINE : BAD_INPUT;
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`plan-diff: ${error.message}\n`);
    return BAD_INPUT;
  }
}

function run([base, head]: readonly [string, string], options: Options): number {
  const project = projectFolder(options.cwd);
  if (project === undefined) {
    throw new InputError(`${options.cwd}: no Pulumi.yaml here or above; name the folder with -C.`);
  }
  const review = { config: readPackConfig(options), exemptions: exemptionsFile(options) };
  const choices = stacksOf(project, options.stack);
  const folders: Checkout[] = [];
  try {
    const one = checkOut(project, base);
    folders.push(one);
    const other = checkOut(project, head);
    folders.push(other);
    const bases = choices.map((choice) => {
      process.stderr.write(`plan-diff: ${choice.stack}: deploying ${one.title}\n`);
      return deployBase(one.project, choice);
    });
    inheritSandbox(one.project, other.project);
    const diffs = choices.map((choice, index) => {
      process.stderr.write(`plan-diff: ${choice.stack}: previewing ${other.title} over it\n`);
      return compareStack(bases[index], other.project, choice, review);
    });
    write(options, [one.title, other.title], diffs);
    return diffs.some(stops) ? STOPPED : FINE;
  } finally {
    for (const folder of folders) folder.remove();
  }
}

function write(
  options: Options,
  [base, head]: [string, string],
  diffs: readonly StackDiff[],
): void {
  const json = `${JSON.stringify({ base, head, stacks: diffs }, undefined, 2)}\n`;
  const markdown = toMarkdown(base, head, diffs);
  if (options.json !== undefined && options.json !== "-") writeFileSync(options.json, json);
  if (options.markdown !== undefined && options.markdown !== "-")
    writeFileSync(options.markdown, markdown);
  if (options.json === "-") process.stdout.write(json);
  else if (options.markdown === "-") process.stdout.write(markdown);
  else {
    const colour = pc.isColorSupported && process.stdout.isTTY === true;
    process.stdout.write(toTerminal(base, head, diffs, colour));
  }
}

/** `name` is a stack with a file of its own, `name=path` one with another config file; default: every stack file. */
function stacksOf(project: string, given: readonly string[]): StackChoice[] {
  if (given.length > 0) {
    return given.map((word) => {
      const [stack = "", configFile] = word.split("=", 2);
      return { stack, ...(configFile === undefined ? {} : { configFile }) };
    });
  }
  const found = readdirSync(project).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
  if (found.length === 0) {
    throw new InputError(
      `${join(project, "Pulumi.<stack>.yaml")}: there is no stack file; name a stack with --stack.`,
    );
  }
  return found.sort().map((stack) => ({ stack }));
}

function parse(argv: readonly string[]): { revisions: [string, string]; options: Options } {
  const collect = (value: string, before: readonly string[]): string[] => [...before, value];
  const command = new Command("plan-diff")
    .description(
      "Shows what a change does to every stack, on the real engine and simulated clouds.",
    )
    .argument("<base>", "revision to compare with, for example main")
    .argument("[head]", 'revision with the change; "." is the working files', ".")
    .option("-s, --stack <name[=config-file]>", "a stack; may be repeated", collect, [])
    .option("-C, --cwd <folder>", "folder of the Pulumi project", ".")
    .option("--markdown <file>", "write a comment for a pull request; - is the standard output")
    .option("--json <file>", "write everything as JSON; - is the standard output")
    .option("--profile <name>", "levels and settings of policy/config/<name>.json")
    .option("--config <file>", "levels and settings of a file")
    .option("--exemptions <file>", "exemptions instead of policy/exemptions.yaml")
    .addHelpText(
      "after",
      "\nExit code: 0 nothing stops the change, 1 it cannot be deployed or brings a mandatory finding, 2 it cannot be compared.",
    )
    .allowExcessArguments(false)
    .exitOverride();
  command.parse(argv, { from: "user" });
  const [base = "", head = "."] = command.processedArgs as string[];
  return { revisions: [base, head], options: command.opts<Options>() };
}
