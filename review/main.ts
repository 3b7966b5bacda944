import { writeFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import pc from "picocolors";
import { controlReport, toControlText } from "./control-report";
import { InputError } from "./input/problem";
import { checkOutputs, exemptionsFile, readPackConfig, readPlan, type Arguments } from "./options";
import { toMermaid } from "./network/mermaid";
import { networkReport } from "./network/report";
import { toNetworkText } from "./network/text";
import { toHtml } from "./output/html";
import { toJson } from "./output/json";
import { toJunit } from "./output/junit";
import { toSarif } from "./output/sarif";
import { toText } from "./output/text";
import { review } from "./review";
import { SEVERITIES, type ReviewResult } from "./result";

/** Exit codes: nothing wrong, violations, an input that cannot be reviewed. */
const CLEAN = 0;
const VIOLATIONS = 1;
const BAD_INPUT = 2;

/** Entry of `bin/review`; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const args = parse(argv);
    return run(args);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? CLEAN : BAD_INPUT;
    if (!(error instanceof InputError)) throw error;
    for (const line of error.message.split("\n")) process.stderr.write(`review: ${line}\n`);
    return BAD_INPUT;
  }
}

function run(args: Arguments): number {
  checkOutputs(args);
  const config = readPackConfig(args);
  const plan = readPlan(args, process.cwd());
  const minSeverity = args.minSeverity as (typeof SEVERITIES)[number] | undefined;
  const result = review(plan, {
    config,
    exemptions: exemptionsFile(args),
    control: args.control,
    minSeverity,
  });
  const stdout = write(args, result);
  if (stdout !== undefined) process.stdout.write(stdout);
  else process.stdout.write(terminalText(args, result));
  if (result.decisions.length === 0 && result.violations.length === 0) {
    throw new InputError(
      `Nothing was checked: no rule${args.control === undefined ? "" : " of this control"} decides on any type in ${plan.source}.`,
    );
  }
  return result.violations.length > 0 ? VIOLATIONS : CLEAN;
}

function terminalText(args: Arguments, result: ReviewResult): string {
  if (args.controlReport === true) return toControlText(controlReport(result));
  if (args.network === true) return toNetworkText(networkReport(result.plan));
  return toText(result, pc.isColorSupported && process.stdout.isTTY === true);
}

/** Writes the files that were asked for; returns what belongs on the standard output. */
function write(args: Arguments, result: ReviewResult): string | undefined {
  const writers = {
    json: () =>
      toJson(result, {
        ...(args.controlReport === true ? { controls: controlReport(result) } : {}),
        ...(args.network === true ? { network: networkReport(result.plan) } : {}),
      }),
    sarif: () => `${JSON.stringify(toSarif(result), undefined, 2)}\n`,
    junit: () => toJunit(result),
    html: () => toHtml(result, new Date()),
    mermaid: () => toMermaid(networkReport(result.plan)),
  };
  let stdout: string | undefined;
  for (const name of ["json", "sarif", "junit", "html", "mermaid"] as const) {
    const file = args[name];
    if (file === undefined) continue;
    const text = writers[name]();
    if (file === "-") stdout = text;
    else writeTo(file, text, name);
  }
  return stdout;
}

function writeTo(file: string, text: string, option: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(
      `--${option} ${file}: cannot be written (${(error as NodeJS.ErrnoException).code}); name another file.`,
    );
  }
}

function parse(argv: readonly string[]): Arguments {
  const command = new Command("review")
    .description("Runs Portolan's policy pack over what is deployed, planned or written down.")
    .option(
      "--stack <name>",
      "saved state of a stack: the project's sandbox first, else pulumi's backend",
    )
    .option("--file <state.json>", "output of pulumi stack export; - is the standard input")
    .option("--preview <preview.json>", "output of pulumi preview --json --show-sames")
    .option("--resources <list.json>", "a list of {type, name, props, opts}")
    .option(
      "--json <file>",
      "write {violations, undecided, exempted, checked}; - is the standard output",
    )
    .option("--sarif <file>", "write SARIF 2.1.0")
    .option("--junit <file>", "write JUnit XML")
    .option("--html <file>", "write one page to file as evidence")
    .option("--mermaid <file>", "write the network as a Mermaid flow chart")
    .option("--control <id>", "only rules of one control, for example NIST-SC-7")
    .option("--control-report", "show which of RayRay's NIST controls the resources cover")
    .option("--network", "show who reaches what, as a table")
    .addOption(
      new Option("--min-severity <severity>", "only findings this severe or worse").choices(
        SEVERITIES,
      ),
    )
    .option("--profile <name>", "levels and settings of policy/config/<name>.json")
    .option("--config <file>", "levels and settings of a file")
    .option("--exemptions <file>", "exemptions instead of policy/exemptions.yaml")
    .addHelpText(
      "after",
      "\nExit code: 0 nothing wrong, 1 violations, 2 an input that cannot be reviewed.",
    )
    .allowExcessArguments(false)
    .exitOverride();
  command.parse(argv, { from: "user" });
  return command.opts<Arguments>();
}
