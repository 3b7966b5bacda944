import { readFileSync } from "node:fs";
import { InputError } from "../review/input/problem";
import { describeWith, settingsOf } from "./description";
import { pulumi, type Place } from "./pulumi";

const SETTING = "portolan:secrets";

/** Where a value comes from: a file, or the standard input, or, where that is a terminal, a hidden prompt. */
export interface Source {
  readonly file?: string;
}

/** Sets a secret that only the operator knows, encrypted, in the stack's configuration. Returns what was done. */
export async function set(place: Place, name: string, source: Source): Promise<string> {
  const path = `${SETTING}.${name}`;
  // A stand-in: what is asked is whether the system knows the name.
  const description = await describeWith(place, settingsOf(place), [SETTING, name, "given"]);
  const objection = description.problems.find((problem) => problem.path === path);
  if (objection !== undefined) throw new InputError(`${path}: ${objection.message}.`);

  const command = ["config", "set", "--secret", "--path", path];
  if (source.file === undefined && process.stdin.isTTY) pulumi(place, command, "terminal");
  else pulumi(place, command, { input: valueOf(source) });
  return `${name} is set, encrypted with the stack's key; the next \`pulumi up\` brings it to its readers (bin/secrets who ${name}).`;
}

/** Pulumi takes one end of line away, which an editor or \`echo\` has added; the rest is the value. */
function valueOf({ file }: Source): string {
  const text = read(file ?? 0);
  if (text.trim() === "") {
    const where = file === undefined ? "the standard input" : file;
    throw new InputError(`${where}: is empty; give the value there.`);
  }
  return text;
}

function read(file: string | 0): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`--file ${file}: cannot be read (${code}); name a file with the value.`);
  }
}
