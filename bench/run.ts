import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createProgress } from "../scripts/setup/progress.js";
import { emptyProgram, plainProgram, templateProgram, write } from "./generate";
import type { Command } from "./measure";
import { peakMemory, time } from "./measure";
import type { Case, Measurement } from "./report";
import { CASES, goals, page } from "./report";
import { today, writePage } from "./page";
import type { Resource } from "./resources";
import { PREVIEW, previewed, ROOT, SANDBOX, SCRATCH, STACK, tidy } from "./system";

const AWS_CONFIG = "config:\n  aws:region: us-east-1\n";
const REPETITIONS = 5;

const command = (cwd: string, args: string[]): Command => ({ program: SANDBOX, args, cwd });

/** Where the template's ts-node keeps what it has compiled; usually a folder for temporary files. */
process.env.TS_NODE_CACHE_DIRECTORY = path.join(SCRATCH, "compiled");

/** A program is never quite the same again after this, so whatever was compiled of it has to be compiled anew. */
function edit(file: string): void {
  fs.appendFileSync(file, `// ${process.hrtime.bigint()}\n`);
}

function commands(resources: Resource[]): Record<Case, Command> {
  const at = (name: string): string => path.join(SCRATCH, name);
  const preview = ["preview", "--stack", STACK];
  const generated = (folder: string): Command => command(folder, [...preview, "--no-policy"]);
  const template = write(at("template"), templateProgram(resources), AWS_CONFIG);
  const before = (): void => edit(path.join(template, "index.ts"));
  return {
    empty: generated(write(at("empty"), emptyProgram(), "config: {}\n")),
    plain: generated(write(at("plain"), plainProgram(resources), AWS_CONFIG)),
    portolan: command(ROOT, [...PREVIEW, "--no-policy"]),
    portolanPack: command(ROOT, PREVIEW),
    template: { ...generated(template), before },
    templatePack: { ...command(template, preview), before },
    templateAgain: generated(template),
  };
}

/** Measures every case, prints the page and writes bench/results.md. */
export async function main(repetitions = REPETITIONS): Promise<void> {
  const progress = createProgress();
  const load = (): number => os.loadavg()[0] ?? 0;
  const loadBefore = load();
  const prepare = progress.step("Generating the programs from the system's preview");
  const resources = previewed();
  const cases = commands(resources);
  prepare.done(`${resources.length} resources`);

  const names = Object.keys(cases) as Case[];
  const results = {} as Record<Case, Measurement>;
  for (const name of names) {
    // Also the warm-up: stacks are made and files come into the cache before anything is timed.
    const step = progress.step(`Memory of ${CASES[name]}`);
    results[name] = { times: [], memory: await peakMemory(cases[name]) };
    step.done();
  }
  for (let round = 1; round <= repetitions; round += 1) {
    for (const name of names) {
      const step = progress.step(`Round ${round} of ${repetitions}: ${CASES[name]}`);
      const taken = await time(cases[name]);
      results[name].times.push(taken);
      step.done(`${taken.wall.toFixed(2)} s`);
    }
  }

  await writePage(
    "results.md",
    page(results, {
      resources: resources.length,
      date: today(),
      load: [loadBefore, load()],
    }),
  );
  const missed = goals(results).filter(({ met }) => !met);
  console.log(
    missed.length === 0
      ? "All goals are met."
      : `Goals missed: ${missed.map(({ text }) => text).join("; ")}.`,
  );
  tidy();
}
