import os from "node:os";
import type { Times } from "./measure";

/** What is measured, in this order; the letters stand in the table. */
export const CASES = {
  empty: "(a) an empty program",
  plain: "(b) plain JavaScript, deep imports, no pack",
  portolan: "(c) LatticePolicy on AWS, no pack",
  portolanPack: "(c) LatticePolicy on AWS, with the policy pack",
  template: "(d) the template's way, after an edit, no pack",
  templatePack: "(d) the template's way, after an edit, with the policy pack",
  templateAgain: "(d) the template's way, once more unchanged, no pack",
} as const;

export type Case = keyof typeof CASES;

/** What one case gave. */
export interface Measurement {
  times: Times[];
  /** Peak of resident memory of all processes, in MB. */
  memory: number | undefined;
}

type Results = Record<Case, Measurement>;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const middle = ({ times }: Measurement, clock: keyof Times): number =>
  median(times.map((time) => time[clock]));

/** What was measured of one statement about two cases, by each of the two clocks. */
export interface Ratio {
  text: string;
  wall: number;
  cpu: number;
}

/** A statement that a goal was set for. The wall clock decides. */
export interface Goal extends Ratio {
  met: boolean;
}

function ratio(
  text: string,
  results: Results,
  of: (seconds: (name: Case) => number) => number,
): Ratio {
  const by = (clock: keyof Times): number => of((name) => middle(results[name], clock));
  return { text, wall: by("wall"), cpu: by("cpu") };
}

export function goals(results: Results): Goal[] {
  const program = ratio(
    "(c) without the pack is at most 1.3 × (b)",
    results,
    (seconds) => seconds("portolan") / seconds("plain"),
  );
  const pack = ratio(
    "the pack adds at most 0.4 × (b)",
    results,
    (seconds) => (seconds("portolanPack") - seconds("portolan")) / seconds("plain"),
  );
  const template = ratio(
    "(c) with the pack is at least 3 × faster than (d) without",
    results,
    (seconds) => seconds("template") / seconds("portolanPack"),
  );
  return [
    { ...program, met: program.wall <= 1.3 },
    { ...pack, met: pack.wall <= 0.4 },
    { ...template, met: template.wall >= 3 },
  ];
}

/** How often (c) is faster than (d) where both do the same. */
export function comparisons(results: Results): Ratio[] {
  const faster = (text: string, ours: Case, theirs: Case): Ratio =>
    ratio(text, results, (seconds) => seconds(theirs) / seconds(ours));
  return [
    faster("both with the pack, after an edit", "portolanPack", "templatePack"),
    faster("both without, after an edit", "portolan", "template"),
    faster("both without, unchanged", "portolan", "templateAgain"),
  ];
}

function row(name: Case, results: Results): string {
  const { memory, times } = results[name];
  const walls = times.map(({ wall }) => wall);
  const [wall, cpu] = [middle(results[name], "wall"), middle(results[name], "cpu")];
  const range = `${Math.min(...walls).toFixed(2)}–${Math.max(...walls).toFixed(2)} s`;
  const share = (wall / middle(results.plain, "wall")).toFixed(2);
  const used = memory === undefined ? "not measured" : `${memory.toFixed(0)} MB`;
  return `| ${CASES[name]} | ${wall.toFixed(2)} s | ${range} | ${share} | ${cpu.toFixed(2)} s | ${used} |`;
}

/** The page: what was measured, on what machine, and whether the goals are met. */
export function page(
  results: Results,
  { resources, date, load }: { resources: number; date: string; load: [number, number] },
): string {
  const rows = (Object.keys(CASES) as Case[]).map((name) => row(name, results));
  const verdicts = goals(results).map(
    ({ text, wall, cpu, met }) =>
      `| ${text} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${met ? "met" : "missed"} |`,
  );
  const pairs = comparisons(results).map(
    ({ text, wall, cpu }) => `| ${text} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} |`,
  );
  const [processor] = os.cpus();
  return `# Benchmark

Written by \`npm run bench\` on ${date}; do not edit. The time of \`preview\` of a new stack with ${resources} resources
through the sandbox, so that each case has the same engine and the same simulated providers: median of
${results.plain.times.length} interleaved repetitions. Processor is the time of all processes together. Memory is the largest sum of the resident memory of all processes,
taken in a run of its own.

Machine: ${os.availableParallelism()} × ${processor?.model ?? "unknown processor"}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()}, Node.js ${process.versions.node}. Load average before the first measurement ${load[0].toFixed(1)}, after the last ${load[1].toFixed(1)};
above the number of processors the clock also measured other work, and the processor column is the one to compare.

| Case | Median | Range | × (b) | Processor | Peak memory |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

| Goal | By the clock | By processor time | |
| --- | --- | --- | --- |
${verdicts.join("\n")}

| (c) is faster than (d) | By the clock | By processor time |
| --- | --- | --- |
${pairs.join("\n")}

(b) and (d) are generated from the preview of (c): the same names, types, parents and inputs; a value that is unknown in
a preview is taken from the resource it depends on. They do without everything that decides these values.

(d) is what \`pulumi new aws-typescript\` gives: its tsconfig, \`import * as aws\`, no runtime options, so that the ts-node
inside the SDK checks the types with the project's TypeScript. It keeps what it has compiled, by content: after an edit,
and on every machine that starts fresh as CI does, the whole program is compiled and checked; unchanged it is not. (c)
keeps nothing: it transpiles at every start, and its types are checked by \`npm run check\`.
`;
}
