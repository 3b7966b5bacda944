import path from "node:path";
import { drive, type Drive } from "../../bench/policy/drive";
import { costs, goals, page, type PackName, type Size } from "../../bench/policy/report";
import { stackOf } from "../../bench/policy/stack";
import type { Resource } from "../../bench/resources";

const urn = (type: string, name: string): string => `urn:pulumi:s::p::${type}::${name}`;
const bucket: Resource = {
  urn: urn("aws:s3/bucket:Bucket", "logs"),
  type: "aws:s3/bucket:Bucket",
  custom: true,
  inputs: { forceDestroy: true },
};
const block: Resource = {
  urn: urn("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "logs"),
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  custom: true,
  parent: bucket.urn,
  inputs: { bucket: "logs" },
  dependencies: [bucket.urn],
  propertyDependencies: { bucket: [bucket.urn] },
};

test("a stack of any size repeats the system, each copy with links of its own", () => {
  const stack = stackOf([bucket, block], 5);
  expect(stack).toHaveLength(5);
  expect(new Set(stack.map((resource) => resource.urn)).size).toBe(5);
  expect(stack[3]?.propertyDependencies).toEqual({ bucket: [stack[2]?.urn] });
  expect(stack[3]?.dependencies).toEqual([stack[2]?.urn]);
  expect(stack[3]?.parent).toBe(stack[2]?.urn);
});

test("a pack is started, asked about each resource and the stack, and ended", async () => {
  const pack = {
    title: "ours",
    args: ["index.js", "127.0.0.1:1"],
    cwd: path.resolve(__dirname, "../../policy"),
  };
  const { start, analysis, cpu, memory } = await drive(pack, stackOf([bucket, block], 4));
  for (const seconds of [start, analysis]) expect(seconds).toBeGreaterThan(0);
  if (process.platform === "linux") {
    expect(cpu).toBeGreaterThan(0);
    expect(memory).toBeGreaterThan(20);
  }
});

test("a pack that does not start is no measurement", async () => {
  const pack = { title: "broken", args: ["--eval", "process.exit(3)"], cwd: "." };
  await expect(drive(pack, [])).rejects.toThrow("broken ended with exit code 3");
});

describe("the report", () => {
  const of = (cpu: number, memory: number): Drive[] => [{ start: 1, analysis: 20, cpu, memory }];
  const results = new Map<Size, Record<PackName, Drive[]>>([
    [
      10_000,
      { empty: of(1, 100), bare: of(0.5, 100), portolan: of(3, 1200), awsguard: of(11, 200) },
    ],
  ]);

  test("a resource costs what is above the empty pack", () => {
    expect(costs(results, 10_000, "portolan", "empty")).toBeCloseTo(0.2);
    expect(costs(results, 10_000, "awsguard", "bare")).toBeCloseTo(1.05);
  });

  test("goals are judged by what was measured", () => {
    expect(goals(results).map(({ met }) => met)).toEqual([true, true, false]);
    const titles = { empty: "an empty pack", bare: "bare", portolan: "ours", awsguard: "awsguard" };
    expect(page(results, titles, "2000-01-01")).toContain("| 1200 MB | missed |");
  });
});
