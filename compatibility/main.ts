import fs from "node:fs";
import path from "node:path";
import { createProgress } from "../scripts/setup/progress.js";
import { globToRegExp } from "../policy/lib/glob";
import { ROOT } from "./places";
import { findPrograms, type Program } from "./programs";
import type { Result, Run } from "./result";
import { leftAlone } from "./settings";
import { tryProgram } from "./trial";

/**
 * Runs the programs below a folder, those whose names fit one of the patterns or all, and gives what came of them. They are
 * not changed, and nothing is installed for them.
 */
export async function runPrograms(folder: string, patterns: readonly string[]): Promise<Run> {
  const progress = createProgress();
  const wanted = patterns.map(globToRegExp);
  const programs = findPrograms(folder).filter(
    ({ name }) => wanted.length === 0 || wanted.some((pattern) => pattern.test(name)),
  );
  const results: Result[] = [];
  for (const program of programs) {
    const step = progress.step(program.name);
    const result = await resultOf(program);
    results.push(result);
    if (result.failed) step.failed(`${result.failed.step}: ${result.failed.said.join("; ")}`);
    else step.done(result.notRun === undefined ? "ran" : `not run: ${result.notRun}`);
  }
  return { engine: engineVersion(), results };
}

/** Earlier results, with those of a run over some of the programs in their places. */
export function renewed(earlier: Run, run: Run): Run {
  const names = new Set(run.results.map(({ name }) => name));
  const others = earlier.results.filter(({ name }) => !names.has(name));
  const results = [...others, ...run.results].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...run, results };
}

async function resultOf(program: Program): Promise<Result> {
  const notRun = program.unfit ?? leftAlone(program);
  return notRun === undefined ? tryProgram(program) : { name: program.name, notRun };
}

function engineVersion(): string {
  const file = path.join(ROOT, "node_modules/@pulumi/pulumi/package.json");
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
}
