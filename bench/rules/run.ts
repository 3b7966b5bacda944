import { evaluate } from "../../policy/lib/evaluate";
import type { PlainResource } from "../../policy/lib/resource";
import { readPreview } from "../../review/input/preview";
import { createProgress } from "../../scripts/setup/progress.js";
import { stackOf } from "../policy/stack";
import { today, writePage } from "../page";
import { previewed, tidy } from "../system";
import { page, SIZES, type Results, type Size } from "./report";
import { rulesOf, SETS, type SetName } from "./sets";

const REPETITIONS = 5;

/** Asks each set of rules about stacks of each size, interleaved, and writes bench/rules.md. */
export async function main(repetitions = REPETITIONS): Promise<void> {
  const progress = createProgress();
  const prepare = progress.step("Reading the system's preview");
  const system = previewed();
  tidy();
  const stacks = new Map(SIZES.map((size) => [size, planOf(stackOf(system, size))]));
  const sets = Object.keys(SETS) as SetName[];
  // Code that has never run is compiled while it does.
  for (const set of sets) cost(set, stacks.get(SIZES[0]) ?? []);
  prepare.done(`${system.length} resources`);
  const results = new Map<Size, Record<SetName, number[]>>();
  for (const [size, stack] of stacks) {
    const costs: Record<SetName, number[]> = {
      none: [],
      deployability: [],
      reachability: [],
      both: [],
    };
    results.set(size, costs);
    const step = progress.step(`${size} resources`);
    for (let round = 1; round <= repetitions; round += 1) {
      for (const set of sets) costs[set].push(cost(set, stack));
    }
    step.done();
  }
  await writePage("rules.md", page(results satisfies Results, today()));
}

/** The resources as a review of their preview sees them. */
function planOf(resources: ReturnType<typeof stackOf>): readonly PlainResource[] {
  const steps = resources.map((newState) => ({ op: "create", newState }));
  return readPreview(JSON.stringify({ steps }), "the stack").resources;
}

/** Milliseconds of processor time; waiting for others does not count. */
function cost(set: SetName, stack: readonly PlainResource[]): number {
  const rules = rulesOf(set);
  const start = process.cpuUsage();
  evaluate(stack, { rules, markers: false });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
