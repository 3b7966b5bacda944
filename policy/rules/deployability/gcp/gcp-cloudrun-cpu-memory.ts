import { RUN_JOB, RUN_SERVICE, WORKLOADS } from "../../../lib/deployability/gcp/types";
import { containersOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { bytes, processors } from "../../../lib/deployability/quantity";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const MI = 1024 ** 2;
const GI = 1024 ** 3;
const WHOLE = [1, 2, 4, 6, 8];

/** Processors a memory needs: the largest row below it counts. */
const NEEDED: readonly (readonly [above: number, cpu: number])[] = [
  [24 * GI, 8],
  [16 * GI, 6],
  [8 * GI, 4],
  [4 * GI, 2],
];

export const rule = deployability({
  id: "gcp-cloudrun-cpu-memory",
  title: "CPU, memory and concurrency of a Cloud Run instance fit together",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Invalid value specified for cpu, or: Total cpu < 1 is not supported with concurrency > 1.",
  },
  fix: "Use cpu 1, 2, 4, 6 or 8, or 0.08 to 1 with maxInstanceRequestConcurrency 1 and cpuIdle true; more than 4Gi needs 2 cpu, 8Gi 4, 16Gi 6, 24Gi 8.",
  source: "https://cloud.google.com/run/docs/configuring/services/cpu",
  check: forTypes(WORKLOADS, (workload) => {
    const containers = containersOf(workload).filter((one) => one.isObject);
    const limits = containers.map((one) => one.at("resources.limits"));
    const cpus = limits.map((one) => one.at("cpu"));
    const memories = limits.map((one) => one.at("memory"));
    const [unknown] = [...cpus, ...memories].filter((value) => value.unknown);
    if (unknown !== undefined) return [undecided(unknown)];
    const single = cpus.flatMap((cpu) => checkCpu(workload, cpu));
    if (single.length > 0) return single;
    return [...checkFraction(workload, containers, cpus), ...checkMemory(workload, cpus, memories)];
  }),
});

function checkCpu(workload: Resource, cpu: Value): Report[] {
  const amount = processors(cpu);
  if (amount === undefined || WHOLE.includes(amount)) return [];
  if (amount >= 0.08 && amount < 1 && workload.type !== RUN_JOB) return [];
  const message = `cpu ${String(cpu.raw)} is none of 1, 2, 4, 6, 8${workload.type === RUN_JOB ? "" : " and not 0.08 to 1"}`;
  return [{ ...violation(cpu, message), answer: "400: Invalid value specified for cpu." }];
}

/** Less than one processor for an instance has its price. */
function checkFraction(
  workload: Resource,
  containers: readonly Value[],
  cpus: readonly Value[],
): Report[] {
  const total = sumOf(cpus.map(processors));
  const [cpu] = cpus;
  if (workload.type !== RUN_SERVICE || cpu === undefined || total === undefined || total >= 1)
    return [];
  const template = templateOf(workload);
  const concurrency = template.at("maxInstanceRequestConcurrency");
  const reports: Report[] = [];
  if (concurrency.unknown) reports.push(undecided(concurrency));
  else if ((concurrency.number ?? 1) > 1)
    reports.push({
      ...violation(
        concurrency,
        `${total} cpu serves one request at a time, not ${concurrency.number}`,
      ),
      answer: "400: Total cpu < 1 is not supported with concurrency > 1.",
    });
  const idle = containers.map((one) => one.at("resources.cpuIdle"));
  const always = idle.find((value) => value.boolean === false || value.absent);
  if (always !== undefined)
    reports.push({
      ...violation(always, `${total} cpu is offered during requests only, and cpuIdle is not true`),
      answer: "400: Total cpu < 1 is not supported with cpu always allocated.",
    });
  return reports;
}

function checkMemory(
  workload: Resource,
  cpus: readonly Value[],
  memories: readonly Value[],
): Report[] {
  const memory = sumOf(memories.map(bytes));
  const [at] = memories;
  if (memory === undefined || at === undefined) return [];
  const text = memories.map(({ raw }) => String(raw)).join(" + ");
  const cpu = cpus.every((value) => value.absent) ? 1 : sumOf(cpus.map(processors));
  const refuse = (message: string): Report[] => [
    { ...violation(at, message), answer: `400: Invalid value specified for memory: ${message}.` },
  ];
  if (memory > 32 * GI) return refuse(`memory ${text} is more than 32Gi`);
  if (cpu !== undefined) {
    const needed = NEEDED.find(([above]) => memory > above)?.[1];
    if (needed !== undefined && cpu < needed)
      return refuse(`memory ${text} needs ${needed} cpu, not ${cpu}`);
    const least = cpu >= 6 ? 4 * GI : cpu >= 4 ? 2 * GI : 0;
    if (memory < least) return refuse(`${cpu} cpu need at least ${least / GI}Gi, not ${text}`);
  }
  const generation = templateOf(workload).at("executionEnvironment");
  return memory < 512 * MI && generation.isWord("EXECUTION_ENVIRONMENT_GEN2")
    ? refuse(`the second generation needs at least 512Mi, not ${text}`)
    : [];
}

/** The sum; undefined where a container leaves its share to the service. */
function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return (amounts as number[]).reduce((sum, amount) => sum + amount, 0);
}
