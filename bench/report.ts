import os from "node:os";
import type { Times } from "./measure";

/** The five measured programs; the letters stand in the table. */
export const CASES = {
  empty: "(a) an empty program",
  plain: "(b) plain JavaScript, deep imports, no pack",
  portolan: "(c) LatticePolicy on AWS, no pack",
  portolanPack: "(c) LatticePolicy on AWS, with the policy pack",
  template: "(d) root imports, default TypeScript, no pack",
} as const;

export type Case = keyof typeof CASES;

/** What one case gave. */
export interface Measurement {
  times: Times[];
  /** Peak of resident memory of all processes, in MB. */
  memory: number | undefined;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const wall = ({ times }: Measurement): number[] => times.map((time) => time.wall);
const cpu = ({ times }: Measurement): number[] => times.map((time) => time.cpu);

/** A goal, and what was measured. */
export interface Goal {
  text: string;
  measured: number;
  met: boolean;
}

export function goals(results: Record<Case, Measurement>): Goal[] {
  const of = (name: Case): number => median(wall(results[name]));
  const program = of("portolan") / of("plain");
  const pack = (of("portolanPack") - of("portolan")) / of("plain");
  const template = of("template") / of("portolanPack");
  return [
    { text: "(c) without the pack is at most 1.3 × (b)", measured: program, met: program <= 1.3 },
    { text: "the pack adds at most 0.4 × (b)", measured: pack, met: pack <= 0.4 },
    {
      text: "(c) with the pack is at least 3 × faster than (d)",
      measured: template,
      met: template >= 3,
    },
  ];
}

/** The page: what was measured, on what machine, and whether the goals are met. */
export function page(
  results: Record<Case, Measurement>,
  { resources, date, load }: { resources: number; date: string; load: number },
): string {
  const base = median(wall(results.plain));
  const rows = (Object.keys(CASES) as Case[]).map((name) => {
    const { memory } = results[name];
    const seconds = wall(results[name]);
    const processor = median(cpu(results[name]));
    const middle = median(seconds);
    const range = `${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}`;
    const used = memory === undefined ? "not measured" : `${memory.toFixed(0)} MB`;
    return `| ${CASES[name]} | ${middle.toFixed(2)} s | ${range} s | ${(middle / base).toFixed(2)} | ${processor.toFixed(2)} s | ${used} |`;
  });
  const verdicts = goals(results).map(
    ({ text, measured, met }) => `| ${text} | ${measured.toFixed(2)} | ${met ? "met" : "missed"} |`,
  );
  const [processor] = os.cpus();
  return `# Benchmark

Written by \`npm run bench\` on ${date}; do not edit. The time of \`preview\` of a new stack with ${resources} resources
through the sandbox, so that each case has the same engine and the same simulated providers: median of
${results.plain.times.length} interleaved repetitions. Processor is the time of all processes together. Memory is the largest sum of the resident memory of all processes,
taken in a run of its own.

Machine: ${os.availableParallelism()} × ${processor?.model ?? "unknown processor"}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()}, Node.js ${process.versions.node}. Load average before the first measurement: ${load.toFixed(1)};
above the number of processors the clock also measured other work, and the processor column is the one to compare.

| Case | Median | Range | × (b) | Processor | Peak memory |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

| Goal | Measured | |
| --- | --- | --- |
${verdicts.join("\n")}

(b) and (d) are generated from the preview of (c): the same names, types, parents and inputs; a value that is unknown in
a preview is taken from the resource it depends on. They do without everything that decides these values, so (b) is the
practical floor of a program of this size.
`;
}
