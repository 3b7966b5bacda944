import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { PackConfig } from "../policy/lib/config";
import { asMap, parseJson, readText } from "./input/json-file";
import { readList } from "./input/list";
import type { Plan } from "./input/plan";
import { readPreview } from "./input/preview";
import { InputError } from "./input/problem";
import { projectFolder, readStack, stackFile } from "./input/stack";
import { readState } from "./input/state";

/** Folder of the pack. */
const POLICY = join(__dirname, "..", "policy");

/** What the command line gives. */
export interface Arguments {
  readonly stack?: string;
  readonly file?: string;
  readonly preview?: string;
  readonly resources?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
  readonly control?: string;
  readonly controlReport?: boolean;
  readonly network?: boolean;
  readonly mermaid?: string;
  readonly minSeverity?: string;
  readonly profile?: string;
  readonly config?: string;
  readonly exemptions?: string;
}

const INPUTS = ["stack", "file", "preview", "resources"] as const;
const OUTPUTS = ["sarif", "junit", "json", "html", "mermaid"] as const;

/** Reads the one input that was named. */
export function readPlan(args: Arguments, from: string): Plan {
  const given = INPUTS.filter((name) => args[name] !== undefined);
  const flags = INPUTS.map((name) => `--${name}`).join(", ");
  if (given.length === 0) throw new InputError(`Nothing to review: name one of ${flags}.`);
  if (given.length > 1) {
    throw new InputError(
      `${given.map((name) => `--${name}`).join(" and ")}: one review reads one input; name one of ${flags}.`,
    );
  }
  if (args.stack !== undefined) return readStack(args.stack, from);
  if (args.resources !== undefined) return readList(readText(args.resources), args.resources);
  const file = (args.file ?? args.preview) as string;
  const plan =
    args.file !== undefined ? readState(readText(file), file) : readPreview(readText(file), file);
  const stack = plan.resources[0]?.urn?.split(":")[2] ?? "";
  return { ...plan, file: stackFile(projectFolder(from), stack) ?? file };
}

/** Config of the pack: a file, or a profile of policy/config. */
export function readPackConfig({
  profile,
  config,
}: Pick<Arguments, "profile" | "config">): PackConfig | undefined {
  if (profile !== undefined && config !== undefined) {
    throw new InputError(
      "--profile and --config: name one of them; a profile is a file of policy/config.",
    );
  }
  const file = profile === undefined ? config : profileFile(profile);
  if (file === undefined) return undefined;
  const content = asMap(
    parseJson(
      readText(file),
      file,
      'write rule ids and levels, for example {"image-pinned": "mandatory"}',
    ),
  );
  if (content === undefined)
    throw new InputError(`${file}: is not an object of rule ids and levels.`);
  const { $schema: _schema, ...entries } = content;
  return entries;
}

function profileFile(profile: string): string {
  const folder = join(POLICY, "config");
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "schema.json")
    .map((name) => basename(name, ".json"));
  if (names.includes(profile)) return join(folder, `${profile}.json`);
  throw new InputError(
    `--profile ${profile}: there is no such profile; known are ${names.join(", ")}. A file of your own goes to --config.`,
  );
}

/** The exemptions file: the one named, else the pack's own. */
export function exemptionsFile({ exemptions }: Pick<Arguments, "exemptions">): string | undefined {
  const file = exemptions ?? join(POLICY, "exemptions.yaml");
  if (exemptions !== undefined || existsSync(file)) return file;
  return undefined;
}

/** Refuses outputs that could not be written, before any work is done. */
export function checkOutputs(args: Arguments): void {
  const shared = OUTPUTS.filter((name) => args[name] === "-");
  if (shared.length > 1) {
    throw new InputError(
      `${shared.map((name) => `--${name} -`).join(" and ")}: one of them can have the standard output; give the others a file.`,
    );
  }
  for (const name of OUTPUTS) {
    const file = args[name];
    if (file === undefined || file === "-") continue;
    const folder = dirname(resolve(file));
    if (!existsSync(folder))
      throw new InputError(
        `--${name} ${file}: the folder ${dirname(file)} does not exist; make it first.`,
      );
  }
}
