import { peakMemory, time } from "../../bench/measure";
import { comparisons, goals, median, page } from "../../bench/report";
import type { Case, Measurement } from "../../bench/report";
import { emptyProgram, plainProgram, templateProgram } from "../../bench/generate";
import type { Resource } from "../../bench/resources";
import { resourcesOf } from "../../bench/resources";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = (type: string, name: string): string => `urn:pulumi:s::p::${type}::${name}`;

const system: Resource = {
  urn: urn("portolan:components:System", "it"),
  type: "portolan:components:System",
  custom: false,
};
const vpc: Resource = {
  urn: urn("aws:ec2/vpc:Vpc", "net"),
  type: "aws:ec2/vpc:Vpc",
  custom: true,
  parent: system.urn,
  inputs: { __defaults: [], cidrBlock: "10.0.0.0/16" },
};
const subnet: Resource = {
  urn: urn("aws:ec2/subnet:Subnet", "zone"),
  type: "aws:ec2/subnet:Subnet",
  custom: true,
  inputs: { vpcId: UNKNOWN },
  propertyDependencies: { vpcId: [vpc.urn] },
};

describe("the generated programs", () => {
  test("the stack itself is left out: every program has one", () => {
    const stack = { ...system, type: "pulumi:pulumi:Stack" };
    expect(resourcesOf({ steps: [{ newState: stack }, { newState: vpc }, {}] })).toEqual([vpc]);
  });

  test("plain JavaScript imports one file for each type and takes unknown values from their resource", () => {
    const source = plainProgram([system, vpc, subnet])["index.js"] ?? "";
    expect(source).toContain('const { Vpc: aws_ec2_vpc_Vpc } = require("@pulumi/aws/ec2/vpc");');
    expect(source).toContain(
      'new aws_ec2_vpc_Vpc("net", { "cidrBlock": "10.0.0.0/16" }, { parent: r0 })',
    );
    expect(source).toContain('new aws_ec2_subnet_Subnet("zone", { "vpcId": r1.id }, {})');
  });

  test("the template's way imports the package's root", () => {
    const source = templateProgram([vpc])["index.ts"] ?? "";
    expect(source).toContain('import * as aws from "@pulumi/aws";');
    expect(source).toContain('new aws.ec2.Vpc("net"');
  });

  test("the empty program is empty", () => expect(emptyProgram()["index.js"]).toBe(""));
});

describe("measuring", () => {
  const shell = (script: string) => ({ program: "sh", args: ["-c", script], cwd: "." });

  test("wall time counts waiting, processor time does not", async () => {
    const { wall, cpu } = await time(shell("sleep 0.5"));
    expect(wall).toBeGreaterThanOrEqual(0.5);
    expect(cpu).toBeLessThan(0.4);
  });

  test("processor time is the children's", async () => {
    const { cpu } = await time(shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"));
    expect(cpu).toBeGreaterThan(0.02);
  });

  test("memory is that of the whole tree", async () => {
    const hold = "const b = Buffer.alloc(2e8, 1); setTimeout(() => b, 400)";
    const peak = await peakMemory({ program: process.execPath, args: ["-e", hold], cwd: "." });
    if (process.platform === "linux") expect(peak).toBeGreaterThan(200);
    else expect(peak).toBeUndefined();
  });

  test("what comes before a run is done for each and not timed", async () => {
    let runs = 0;
    const before = (): void => {
      runs += 1;
    };
    await time({ ...shell("true"), before });
    await peakMemory({ ...shell("true"), before });
    expect(runs).toBe(process.platform === "linux" ? 2 : 1);
  });

  test("a command that fails is no measurement", async () => {
    await expect(time(shell("echo broken; exit 3"))).rejects.toThrow("broken");
  });
});

describe("the report", () => {
  const of = (seconds: number): Measurement => ({
    times: [{ wall: seconds, cpu: seconds }],
    memory: 100,
  });
  const results: Record<Case, Measurement> = {
    empty: of(1),
    plain: of(10),
    portolan: of(12),
    portolanPack: of(17),
    template: of(60),
    templatePack: of(68),
    templateAgain: of(15),
  };

  test("the median of an even number lies between the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test("goals are judged by what was measured", () => {
    expect(goals(results).map(({ met }) => met)).toEqual([true, false, true]);
    expect(page(results, { resources: 3, date: "2000-01-01", load: [0, 0] })).toMatch(
      /the pack adds at most 0\.4 × \(b\) \| 0\.50 \| 0\.50 \| missed/,
    );
  });

  test("like is compared with like", () => {
    expect(comparisons(results).map(({ wall }) => wall)).toEqual([4, 5, 1.25]);
  });
});
