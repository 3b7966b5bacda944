import { createProgress } from "../../scripts/setup/progress.js";
import { today, writePage } from "../page";
import { previewed, ROOT, SCRATCH, tidy } from "../system";
import type { Drive } from "./drive";
import { drive } from "./drive";
import { packs } from "./packs";
import { page, SIZES, type PackName, type Size } from "./report";
import { stackOf } from "./stack";

const REPETITIONS = 3;

/** Asks each pack about stacks of each size, interleaved, and writes bench/policy.md. */
export async function main(repetitions = REPETITIONS): Promise<void> {
  const progress = createProgress();
  const prepare = progress.step("Installing the packs, reading the system's preview");
  const compared = packs(ROOT, SCRATCH);
  // A rule of awsguard asks AWS about certificates, which needs an account.
  const system = previewed().filter(({ type }) => type !== "aws:acm/certificate:Certificate");
  tidy();
  prepare.done();
  const names = Object.keys(compared) as PackName[];
  const results = new Map<Size, Record<PackName, Drive[]>>();
  for (const size of SIZES) {
    const stack = stackOf(system, size);
    const drives: Record<PackName, Drive[]> = { empty: [], bare: [], portolan: [], awsguard: [] };
    results.set(size, drives);
    for (let round = 1; round <= repetitions; round += 1) {
      for (const name of names) {
        const step = progress.step(`${size} resources, round ${round}: ${compared[name].title}`);
        const taken = await drive(compared[name], stack);
        drives[name].push(taken);
        step.done(`${taken.analysis.toFixed(2)} s`);
      }
    }
  }
  const titles = Object.fromEntries(names.map((name) => [name, compared[name].title]));
  await writePage("policy.md", page(results, titles as Record<PackName, string>, today()));
}
