import os from "node:os";
import { median } from "../report";
import type { Drive } from "./drive";
import type { packs } from "./packs";

export const SIZES = [100, 1000, 10_000] as const;
export type Size = (typeof SIZES)[number];
export type PackName = keyof ReturnType<typeof packs>;

type Results = ReadonlyMap<Size, Readonly<Record<PackName, readonly Drive[]>>>;

const middle = (drives: readonly Drive[], key: keyof Drive): number =>
  median(drives.map((drive) => drive[key]));

/** Milliseconds of processor time that a resource costs a pack more than another one. */
export function costs(results: Results, size: Size, name: PackName, over: PackName): number {
  const drives = results.get(size);
  if (drives === undefined) return Number.NaN;
  return ((middle(drives[name], "cpu") - middle(drives[over], "cpu")) * 1000) / size;
}

/** The goals, and what was measured. */
export function goals(results: Results): { text: string; measured: string; met: boolean }[] {
  const largest = SIZES[SIZES.length - 1] as Size;
  const perResource = (over: PackName): number => costs(results, largest, "portolan", over);
  const memory = middle(results.get(largest)?.portolan ?? [], "memory");
  return [
    ...(["empty", "bare"] as const).map((over) => ({
      text: `a resource costs at most 0.3 ms over ${over === "empty" ? "the empty pack" : "the same pack without rules"}`,
      measured: `${perResource(over).toFixed(3)} ms`,
      met: perResource(over) <= 0.3,
    })),
    {
      text: "10,000 resources take less than 1 GB",
      measured: `${memory.toFixed(0)} MB`,
      met: memory < 1000,
    },
  ];
}

/** The page. */
export function page(
  results: Results,
  titles: Readonly<Record<PackName, string>>,
  date: string,
): string {
  const rows = [...results].flatMap(([size, drives]) =>
    (Object.keys(titles) as PackName[]).map((name) => {
      const of = (key: keyof Drive): number => middle(drives[name], key);
      const over = name === "empty" ? "" : `${costs(results, size, name, "empty").toFixed(3)} ms`;
      return `| ${size} | ${titles[name]} | ${of("start").toFixed(2)} s | ${of("analysis").toFixed(2)} s | ${of("cpu").toFixed(2)} s | ${over} | ${of("memory").toFixed(0)} MB |`;
    }),
  );
  const verdicts = goals(results).map(
    ({ text, measured, met }) => `| ${text} | ${measured} | ${met ? "met" : "missed"} |`,
  );
  const [processor] = os.cpus();
  const repetitions = [...results.values()][0]?.empty.length ?? 0;
  return `# Benchmark of the policy pack

Written by \`npm run bench policy\` on ${date}; do not edit. Each pack is started and asked as the engine does it: every
resource by itself, then the stack as a whole. The stacks are LatticePolicy's resources on AWS, repeated with links of their
own, without the certificate, because a rule of awsguard asks AWS about those. Median of ${repetitions} interleaved repetitions.
The empty pack and awsguard are started by the SDK's runner, as packs usually are. What a resource costs is told by the
pack's processor time: the clock also measures who asks, and whatever else the machine does.

Machine: ${os.availableParallelism()} × ${processor?.model ?? "unknown processor"}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, ${os.type()}, Node.js ${process.versions.node}, load average ${(os.loadavg()[0] ?? 0).toFixed(1)}.

| Resources | Pack | Start | Analysis | Its processor time | A resource, over empty | Peak memory |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

| Goal | Measured | |
| --- | --- | --- |
${verdicts.join("\n")}
`;
}
