import { execFile } from "node:child_process";
import { ReleaseError } from "./error";

/** Longest wait for one answer of a cloud's CLI, in milliseconds. */
const PATIENCE = 120_000;
/** Tries for one answer: APIs refuse for seconds what they take again later. */
const TRIES = 3;
/** Pause before another try, in milliseconds. */
const PAUSE = 2_000;

/** What a cloud says when the same question may be answered a moment later. */
const PASSING =
  /\b(429|500|502|503|504)\b|throttl|too many requests|rate exceeded|timed? ?out|temporarily|internal (server |service )?error/i;

/** Refused by a cloud's CLI: what it was asked, and its own words. */
export class CliError extends ReleaseError {
  /** Everything that it said. */
  readonly said: string;

  constructor(message: string, said: string) {
    super(message);
    this.name = "CliError";
    this.said = said;
  }
}

/** Asks a cloud's CLI and reads its JSON; what passes by itself is tried again. */
export async function ask<T>(program: string, args: readonly string[]): Promise<T> {
  const text = await read(program, args);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ReleaseError(
      `${said(program, args)}: its answer is no JSON; is it the official one?`,
    );
  }
}

/** The same for an answer in plain text. What is secret goes in by its standard input. */
export async function read(
  program: string,
  args: readonly string[],
  input?: string,
): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await call(program, args, input);
    } catch (error) {
      if (!(error instanceof CliError) || tried >= TRIES || !PASSING.test(error.said)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE * tried));
    }
  }
}

function call(program: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { encoding: "utf8", maxBuffer: 2 ** 28, timeout: PATIENCE } as const;
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") {
        reject(
          new ReleaseError(`${program}: is not installed; a release asks the cloud through it`),
        );
      } else {
        const words = stderr.trim() || stdout.trim() || error.message;
        reject(new CliError(`${said(program, args)}: ${oneLine(words)}`, words));
      }
    });
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** The command without its options, as a reader needs it. */
const said = (program: string, args: readonly string[]): string =>
  [program, ...args.slice(0, args.findIndex((word) => word.startsWith("--")) >>> 0)].join(" ");

const oneLine = (text: string): string => text.replace(/\s+/g, " ").slice(0, 500);
