import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const SANDBOX = join(__dirname, "..", "..", "bin", "sandbox");

/** What a run of the sandbox printed. */
export interface Run {
  readonly ok: boolean;
  readonly stdout: string;
  /** Its error sentences, without what surrounds them. */
  readonly errors: readonly string[];
}

/** Runs the real engine on a project against simulated clouds. */
export function sandbox(project: string, ...args: string[]): Run {
  const run = spawnSync(SANDBOX, [...args, "-C", project, "--non-interactive", "--no-policy"], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    env: { ...process.env, NO_COLOR: "1" },
  });
  const text = stripVTControlCharacters(`${run.stdout}\n${run.stderr}`).replaceAll(
    `${project}/`,
    "",
  );
  return {
    ok: run.status === 0,
    stdout: run.stdout,
    errors: run.status === 0 ? [] : errorsIn(text),
  };
}

/** Lines of an exception's stack that say where in the engine's own code it passed. */
const FRAME = /^at .*(node_modules|node:internal|\(<anonymous>\))/;

/** The error of a run is a line with "error:" and what follows it at the same depth or below. */
export function errorsIn(text: string): string[] {
  const found: string[] = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const start = /\berror: (.*)$/.exec(lines[index] ?? "");
    if (!start) continue;
    const block = [start[1] ?? ""];
    const indent = /^\s*/.exec(lines[index] ?? "")?.[0].length ?? 0;
    while (/\S/.test(lines[index + 1] ?? "") && depth(lines[index + 1]) >= Math.max(1, indent)) {
      const next = (lines[++index] ?? "").trim();
      if (next.startsWith("error: ")) {
        index--;
        break;
      }
      if (!FRAME.test(next)) block.push(next);
    }
    found.push(block.join("\n"));
  }
  const sentences = found.filter((each) => !/^(update failed|preview failed)$/.test(each));
  return [...new Set(sentences.length > 0 ? sentences : found)];
}

const depth = (line: string | undefined): number => /^\s*/.exec(line ?? "")?.[0].length ?? 0;
