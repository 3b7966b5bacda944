import { Command, CommanderError } from "commander";
import { InputError } from "../review/input/problem";
import { projectFolder } from "../review/input/stack";
import { readState } from "../review/input/state";
import { inventory, type StoredSecret } from "./inventory";
import { toList, toReaders } from "./output";
import { pulumi, type Place } from "./pulumi";
import { rotate } from "./rotate";
import { set } from "./set";

const DONE = 0;
const BAD_INPUT = 2;

interface Options {
  readonly stack: string;
  readonly cwd: string;
  readonly sandbox?: boolean;
  readonly file?: string;
  readonly label?: string;
  readonly json?: boolean;
}

/** Entry of `bin/secrets`; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await command().parseAsync(argv, { from: "user" });
    return DONE;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return DONE;
    const message = error instanceof CommanderError ? complaint(error) : undefined;
    if (message === undefined && !(error instanceof InputError)) throw error;
    process.stderr.write(`secrets: ${message ?? (error as Error).message}\n`);
    return BAD_INPUT;
  }
}

/** Commander quotes what it does not understand, and that may be a value that somebody wrote there. */
function complaint({ code, message }: CommanderError): string {
  if (code === "commander.unknownOption" || code === "commander.excessArguments") {
    return "an option or argument is not known; see bin/secrets --help. A value is never one: it goes to the standard input, a file or the prompt.";
  }
  return message.replace(/^error: /, "");
}

function command(): Command {
  const program = new Command("secrets").description(
    "Sets, rotates and lists the secrets of a stack; a value is never an argument and never shown.",
  );
  add(program, "set <name> [value...]", "set a secret that only you know, encrypted")
    .option("--file <path>", "read the value from a file; default: standard input, or a prompt")
    .action(async (name: string, value: readonly string[], options: Options) => {
      if (value.length > 0) {
        throw new InputError(
          `${name}: the value stands on the command line, where the list of processes and the shell's history show it; take another value, and give it on the standard input, with --file or at the prompt.`,
        );
      }
      say(await set(placeOf(options), nameOf(name), options));
    });
  add(program, "rotate <name>", "let the next update make a new value of a generated secret")
    .option("--label <label>", "label of the new value; default: the day")
    .action(async (name: string, options: Options) => {
      say(await rotate(placeOf(options), nameOf(name), options.label));
    });
  add(
    program,
    "list",
    "show every secret of the deployed stack, where it comes from and who reads it",
  )
    .option("--json", "as JSON")
    .action((options: Options) => show(stored(options), options, toList));
  add(program, "who [name]", "show who can read a secret: workloads, variables and identities")
    .option("--json", "as JSON")
    .action((name: string | undefined, options: Options) => {
      const all = stored(options);
      const found = all.filter((each) => name === undefined || each.name === name);
      if (found.length === 0) {
        const names = all.map((each) => each.name).join(", ");
        throw new InputError(`${name}: is no secret of ${options.stack}; there are: ${names}.`);
      }
      show(found, options, toReaders);
    });
  return silent(program);
}

function add(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .requiredOption("-s, --stack <name>", "the stack")
    .option("-C, --cwd <folder>", "folder of the Pulumi project", ".")
    .option("--sandbox", "the stack in the project's sandbox (simulated cloud)")
    .allowExcessArguments(false);
}

/** Errors are thrown to {@link main}, which says them without what was typed. */
function silent(program: Command): Command {
  for (const each of [program, ...program.commands]) {
    each.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

function placeOf({ stack, cwd, sandbox = false }: Options): Place {
  const project = projectFolder(cwd);
  if (project === undefined) {
    throw new InputError(`${cwd}: no Pulumi.yaml here or above; name the folder with -C.`);
  }
  return { stack, cwd: project, sandbox };
}

/** Names become part of a configuration path, in which other characters have a meaning. */
function nameOf(name: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(name)) return name;
  throw new InputError("the name of a secret has lower-case letters, digits and hyphens.");
}

function stored(options: Options): StoredSecret[] {
  const { stack } = options;
  const state = pulumi(placeOf(options), ["stack", "export"]);
  const secrets = inventory(readState(state, `stack ${stack}`));
  if (secrets.length === 0) throw new InputError(`${stack}: there is no secret in this stack.`);
  return secrets;
}

function show(
  secrets: readonly StoredSecret[],
  { json }: Options,
  toText: (secrets: readonly StoredSecret[]) => string,
): void {
  process.stdout.write(json ? `${JSON.stringify(secrets, undefined, 2)}\n` : toText(secrets));
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
