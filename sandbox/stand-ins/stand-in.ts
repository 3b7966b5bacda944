import * as fs from "node:fs";
import { Seal } from "../lib/seal";
import { viewOf } from "../lib/cloud";
import { Store } from "../lib/store";
import type { CloudView } from "../lib/table";
import { plain, type Plain } from "../lib/values";

/** Answers the commands of one cloud's CLI that Portolan asks, out of the simulated cloud. */
export interface StandIn {
  /** Package whose objects it looks at, e.g. `gcp`. */
  readonly package: string;
  /** JSON that the real CLI would print, or a text as it is. Throws `Refusal` for what the cloud would refuse. */
  answer(command: Command, cloud: Objects): Plain;
}

/** What the real CLI prints when it ends with another code than 0. */
export class Refusal extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** A command line: words, then options by their names; `--name value` and `--name=value` alike. */
export interface Command {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  /** The words in one text, for error messages and planted answers. */
  readonly text: string;
}

export function commandOf(args: readonly string[]): Command {
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const [, name, attached] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else {
      const values = attached === undefined ? [] : [attached];
      // Some CLIs take several values behind one option.
      while (
        attached === undefined &&
        index + 1 < args.length &&
        !args[index + 1]?.startsWith("--")
      )
        values.push(args[++index] ?? "");
      options[name] = values.join(" ");
    }
  }
  return { words, options, text: words.join(" ") };
}

/** Objects of a package; values without wrappers. */
export class Objects {
  /** For commands that change something, and for what the cloud alone knows of an object. */
  readonly view: CloudView;

  constructor(packageName: string) {
    const passphrase = fs.readFileSync(process.env.SANDBOX_PASSPHRASE_FILE ?? "", "utf8").trim();
    const store = new Store(process.env.SANDBOX_CLOUD ?? "", packageName, new Seal(passphrase));
    this.view = viewOf(store);
  }

  /** Outputs of the objects of a type, with `id` and, where they have none of their own, `created`. */
  of(type: string): Plain[] {
    return this.view
      .all(type)
      .map(({ outputs, id, created }) => ({ created, ...(plain(outputs) as object), id }) as Plain);
  }

  /** Outputs of the object of a type whose property has a value. */
  find(type: string, property: string, value: unknown): Plain | undefined {
    return this.of(type).find((each) => each[property] === value);
  }
}
