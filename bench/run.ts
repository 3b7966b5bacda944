import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { createProgress } from "../scripts/setup/progress.js";
import { emptyProgram, plainProgram, templateProgram, write } from "./generate";
import type { Command } from "./measure";
import { peakMemory, time } from "./measure";
import type { Case, Measurement } from "./report";
import { CASES, goals, page } from "./report";
import type { Resource } from "./resources";
import { resourcesOf } from "./resources";

const ROOT = path.resolve(__dirname, "..");
const SANDBOX = path.join(ROOT, "bin", "sandbox");
const STACK = "bench";
const CONFIG = path.join(ROOT, "Pulumi.staging.yaml");
const AWS_CONFIG = "config:\n  aws:region: us-east-1\n";
const REPETITIONS = 5;

const OURS = ["preview", "--stack", STACK, "--config-file", CONFIG];
const command = (cwd: string, args: string[]): Command => ({ program: SANDBOX, args, cwd });

/** Where the template's ts-node keeps what it has compiled; usually a folder for temporary files. */
process.env.TS_NODE_CACHE_DIRECTORY = path.join(ROOT, ".portolan", "bench", "compiled");

/** The resources of the system as its own preview tells them. */
function previewed(): Resource[] {
  const text = execFileSync(SANDBOX, [...OURS, "--no-policy", "--json"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return resourcesOf(JSON.parse(text));
}

/** A program is never quite the same again after this, so whatever was compiled of it has to be compiled anew. */
function edit(file: string): void {
  fs.appendFileSync(file, `// ${process.hrtime.bigint()}\n`);
}

function commands(resources: Resource[]): Record<Case, Command> {
  const at = (name: string): string => path.join(ROOT, ".portolan", "bench", name);
  const preview = ["preview", "--stack", STACK];
  const generated = (folder: string): Command => command(folder, [...preview, "--no-policy"]);
  const template = write(at("template"), templateProgram(resources), AWS_CONFIG);
  const before = (): void => edit(path.join(template, "index.ts"));
  return {
    empty: generated(write(at("empty"), emptyProgram(), "config: {}\n")),
    plain: generated(write(at("plain"), plainProgram(resources), AWS_CONFIG)),
    portolan: command(ROOT, [...OURS, "--no-policy"]),
    portolanPack: command(ROOT, OURS),
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

  const target = path.join(ROOT, "bench", "results.md");
  const options = { ...(await resolveConfig(target)), filepath: target };
  const text = await format(
    page(results, {
      resources: resources.length,
      date: new Date().toISOString().slice(0, 10),
      load: [loadBefore, load()],
    }),
    options,
  );
  fs.writeFileSync(target, text);
  console.log(text);
  const missed = goals(results).filter(({ met }) => !met);
  console.log(
    missed.length === 0
      ? "All goals are met."
      : `Goals missed: ${missed.map(({ text }) => text).join("; ")}.`,
  );
  execFileSync(SANDBOX, ["stack", "rm", STACK, "--yes"], { cwd: ROOT, stdio: "ignore" });
}
