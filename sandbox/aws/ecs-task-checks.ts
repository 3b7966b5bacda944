import type { Failure } from "../lib/table";
import { UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";

const GB = 1024;

/** Memory that Fargate offers with an amount of CPU, in MiB: a list, or from, to and step. */
const MEMORY: Readonly<Record<number, readonly number[]>> = {
  256: [512, GB, 2 * GB],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

function steps(from: number, to: number, step: number): number[] {
  const sizes: number[] = [];
  for (let size = from; size <= to; size += step) sizes.push(size * GB);
  return sizes;
}

/** What registering a task definition refuses, as far as the inputs are known. */
export function taskFailures(inputs: Plain): Failure[] {
  const containers = containersOf(inputs.containerDefinitions);
  if (containers === "broken") {
    return [
      {
        property: "containerDefinitions",
        reason: "ECS Task Definition container_definitions is invalid: it is no JSON list",
      },
    ];
  }
  if (!((inputs.requiresCompatibilities ?? []) as Plain[]).includes("FARGATE")) return [];
  return [...fargateFailures(inputs), ...roleFailures(inputs, containers)];
}

/** Container definitions; none while they are unknown. */
export function containersOf(text: unknown): Plain[] | "broken" {
  if (typeof text !== "string") return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Plain[]) : "broken";
  } catch {
    return "broken";
  }
}

function fargateFailures({ networkMode, cpu, memory }: Plain): Failure[] {
  const fail = (property: string, reason: string): Failure[] => [
    { property, reason: `ClientException: ${reason}` },
  ];
  if (networkMode !== UNKNOWN && networkMode !== "awsvpc") {
    return fail("networkMode", "Fargate only supports network mode 'awsvpc'.");
  }
  for (const [property, value] of Object.entries({ cpu, memory })) {
    if (value !== undefined) continue;
    return fail(property, `Fargate requires that '${property}' be defined at the task level.`);
  }
  if (typeof cpu === "symbol" || typeof memory === "symbol") return [];
  const offered = MEMORY[units(cpu, "vcpu")];
  if (offered === undefined) return fail("cpu", "Invalid 'cpu' setting for task.");
  if (offered.includes(units(memory, "gb"))) return [];
  return fail("memory", "No Fargate configuration exists for given values.");
}

/** `.5 vCPU` and `1 GB` are other spellings of 512 and 1024. */
function units(value: unknown, unit: string): number {
  const text = String(value).toLowerCase().trim();
  return text.endsWith(unit) ? Number(text.slice(0, -unit.length).trim()) * GB : Number(text);
}

function roleFailures({ executionRoleArn }: Plain, containers: Plain[]): Failure[] {
  if (executionRoleArn !== undefined) return [];
  const reasons = containers.flatMap(({ image, logConfiguration, secrets }) => [
    ...(/\.dkr\.ecr\./.test(String(image)) ? ["to support ECR images"] : []),
    ...(logConfiguration?.logDriver === "awslogs" ? ["to support log driver awslogs"] : []),
    ...((secrets ?? []).length > 0 ? ["when specifying container secrets"] : []),
  ]);
  if (reasons[0] === undefined) return [];
  return [
    {
      property: "executionRoleArn",
      reason: `ClientException: Fargate requires task definition to have execution role ARN ${reasons[0]}.`,
    },
  ];
}
