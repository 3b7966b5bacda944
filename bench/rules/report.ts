import os from "node:os";
import { median } from "../report";
import { SETS, type SetName } from "./sets";

export const SIZES = [500, 1000, 2000, 4000] as const;
export type Size = (typeof SIZES)[number];

/** Milliseconds of processor time by size and set, one number a round. */
export type Results = ReadonlyMap<Size, Readonly<Record<SetName, readonly number[]>>>;

/** What a resource costs a set of rules beyond being read, in milliseconds. */
export function added(results: Results, size: Size, set: SetName): number {
  const costs = results.get(size);
  if (costs === undefined) return Number.NaN;
  return (median([...costs[set]]) - median([...costs.none])) / size;
}

const AT = 1000;
const LARGEST = 4000;
const GOAL_MS = 0.5;
/** What counts as linear: a resource of the largest stack costs at most so many times one of the usual stack. */
const GROWTH = 1.5;

/** The goals, and what was measured. */
export function goals(results: Results): { text: string; measured: string; met: boolean }[] {
  const cost = added(results, AT, "both");
  const growth = added(results, LARGEST, "both") / cost;
  return [
    {
      text: `at ${AT} resources, both add at most ${GOAL_MS} ms a resource`,
      measured: `${cost.toFixed(3)} ms`,
      met: cost <= GOAL_MS,
    },
    {
      text: `a resource of ${LARGEST} costs at most ${GROWTH} times one of ${AT}`,
      measured: `${growth.toFixed(2)} times`,
      met: growth <= GROWTH,
    },
  ];
}

/** The page. */
export function page(results: Results, date: string): string {
  const sets = (Object.keys(SETS) as SetName[]).filter((set) => set !== "none");
  const rows = [...results].map(([size, { none }]) => {
    const cells = sets.map((set) => `${added(results, size, set).toFixed(3)} ms`);
    return `| ${[size, `${(median([...none]) / size).toFixed(3)} ms`, ...cells].join(" | ")} |`;
  });
  const verdicts = goals(results).map(
    ({ text, measured, met }) => `| ${text} | ${measured} | ${met ? "met" : "missed"} |`,
  );
  const [processor] = os.cpus();
  const rounds = [...results.values()][0]?.none.length ?? 0;
  return `# Benchmark of deployability and reachability

Written by \`npm run bench rules\` on ${date}; do not edit. The rules on what deploys and on who reaches whom are asked about
previews of several sizes: LatticePolicy's resources on AWS, repeated with links of their own. Median of ${rounds} interleaved
rounds of processor time, which does not count what the machine does for others; what reading a resource costs is shown apart.
Rules on deployability ask the same reading of the network as those on reachability, so both cost less than their sum.

Machine: ${os.availableParallelism()} × ${processor?.model ?? "unknown processor"}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()}, Node.js ${process.versions.node}, load average ${(os.loadavg()[0] ?? 0).toFixed(1)}.

| Resources | Reading one | ${sets.map((set) => `${SETS[set]} adds`).join(" | ")} |
| --- | --- | ${sets.map(() => "---").join(" | ")} |
${rows.join("\n")}

| Goal | Measured | |
| --- | --- | --- |
${verdicts.join("\n")}
`;
}
