import { containersOf, onFargate } from "../../../lib/deployability/aws/tasks";
import { TASK } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const GB = 1024;

/** Memory that Fargate offers with an amount of CPU units, in MiB. */
const OFFERED: Readonly<Record<number, readonly number[]>> = {
  256: [512, GB, 2 * GB],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

function steps(from: number, to: number, step: number): number[] {
  const count = (to - from) / step + 1;
  return Array.from({ length: count }, (_, index) => (from + index * step) * GB);
}

export const rule = deployability({
  id: "aws-fargate-cpu-memory",
  title: "CPU and memory of a Fargate task are one of the pairs on offer",
  fails: {
    when: "create",
    effect: "error",
    answer: "ClientException: No Fargate configuration exists for given values.",
  },
  fix: "Take a pair of the table, for example cpu 256 with memory 512, 1024 or 2048, and give containers no more than the task has.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
  check: {
    [TASK]: (task) => onFargate(task, () => checkSize(task)),
  },
});

function checkSize(task: Resource): Report[] {
  const cpu = task.at("cpu");
  const memory = task.at("memory");
  if (cpu.absent || memory.absent) return [];
  const [unknown] = [cpu, memory].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const cpuUnits = units(cpu, "vcpu");
  const mebibytes = units(memory, "gb");
  const offered = OFFERED[cpuUnits];
  if (offered === undefined) {
    const known = Object.keys(OFFERED).join(", ");
    return [
      {
        ...violation(cpu, `cpu ${String(cpu.raw)} is none of ${known}`),
        answer: "ClientException: Invalid 'cpu' setting for task.",
      },
    ];
  }
  if (!offered.includes(mebibytes)) {
    const message = `memory ${String(memory.raw)} is not offered with cpu ${String(cpu.raw)}, only ${offered.join(", ")} MiB`;
    return [violation(memory, message)];
  }
  return [...sum(task, "cpu", cpuUnits), ...sum(task, "memory", mebibytes)];
}

/** `.5 vCPU` and `1 GB` are other spellings of 512 and 1024. */
function units(value: Value, unit: string): number {
  const text = String(value.raw).toLowerCase().trim();
  return text.endsWith(unit) ? Number(text.slice(0, -unit.length).trim()) * GB : Number(text);
}

/** What the containers reserve together has to fit into the task. */
function sum(task: Resource, what: "cpu" | "memory", size: number): Report[] {
  const { containers } = containersOf(task);
  const total = containers.reduce((reserved, { at }) => {
    const soft = what === "memory" ? at.at("memoryReservation").number : undefined;
    return reserved + (soft ?? at.at(what).number ?? 0);
  }, 0);
  if (total <= size) return [];
  const place = task.at("containerDefinitions");
  return [
    {
      ...violation(place, `the containers reserve ${what} ${total}, the task has ${size}`),
      answer: `ClientException: The sum of the containers' ${what} is greater than the task's ${what}.`,
    },
  ];
}
