import { ofEach } from "../../../lib/deployability/each";
import { WORKLOADS } from "../../../lib/deployability/azure/types";
import { environmentOf, hasProfiles } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** What an app may ask for in an environment without workload profiles, and with them. */
const MOST_PLAIN = 2;
const MOST = 4;

export const rule = deployability({
  id: "azure-containerapp-cpu-memory",
  title: "CPU and memory of a container app add up to a pair on offer",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "ContainerAppInvalidResourceTotal: The total requested CPU and memory resources for this application is invalid.",
  },
  fix: "Give all containers together CPU in steps of 0.25 and exactly 2 Gi of memory per core, for example 0.5 and 1Gi; more than 2 cores need an environment with workloadProfiles.",
  source: "https://learn.microsoft.com/azure/container-apps/containers",
  check: forTypes(WORKLOADS, (workload) => onConsumption(workload, () => checkTotal(workload))),
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const cpu = totalOf(workload, "cpu");
    if (cpu === undefined || cpu <= MOST_PLAIN || cpu > MOST) return [];
    return onConsumption(workload, () => {
      const { resource, open } = environmentOf(graph, workload);
      if (resource === undefined) return open;
      const profiles = hasProfiles(resource);
      const at = workload.at("template.containers");
      if (profiles === false)
        return [violation(at, `${cpu} cores need workload profiles, which ${resource.name} lacks`)];
      return profiles === true ? [] : [undecided(profiles)];
    });
  }),
});

/** Dedicated profiles have sizes of their own. */
function onConsumption(workload: Resource, ask: () => readonly Report[]): Report[] {
  const profile = workload.at("workloadProfileName");
  if (profile.unknown) return [undecided(profile)];
  return profile.present && !profile.isWord("Consumption", "") ? [] : [...ask()];
}

function checkTotal(workload: Resource): Report[] {
  const containers = workload.at("template.containers");
  if (containers.unknown) return [undecided(containers)];
  const values = containers.items.flatMap((one) => [
    one.at("resources.cpu"),
    one.at("resources.memory"),
  ]);
  const [unknown] = values.filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const [odd] = containers.items
    .map((one) => one.at("resources.memory"))
    .filter((memory) => memory.text !== undefined && gibibytes(memory.text) === undefined);
  if (odd !== undefined)
    return [violation(odd, `memory ${odd.text} is not written in Gi, such as 0.5Gi`)];
  const cpu = totalOf(workload, "cpu");
  const memory = totalOf(workload, "memory");
  if (cpu === undefined || memory === undefined) return [];
  const inSteps = isWhole(cpu * 4) && cpu > 0 && cpu <= MOST;
  if (inSteps && Math.abs(memory - 2 * cpu) < 1e-6) return [];
  return [
    {
      ...violation(
        containers,
        `the containers ask for ${cpu} cores and ${memory}Gi together, which is no pair on offer`,
      ),
      answer: `ContainerAppInvalidResourceTotal: The total requested CPU and memory resources for this application (CPU: ${cpu}, memory: ${memory}) is invalid.`,
    },
  ];
}

/** The sum over all containers; undefined where one of them leaves it to the service or cannot be read. */
function totalOf(workload: Resource, what: "cpu" | "memory"): number | undefined {
  const amounts = workload.at("template.containers").items.map((one) => {
    const value = one.at(`resources.${what}`);
    return what === "cpu" ? value.number : gibibytes(value.text ?? "");
  });
  if (amounts.length === 0 || amounts.some((amount) => amount === undefined)) return undefined;
  const total = (amounts as number[]).reduce((sum, amount) => sum + amount, 0);
  return Math.round(total * 1e6) / 1e6;
}

function gibibytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)Gi\s*$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function isWhole(amount: number): boolean {
  return Math.abs(amount - Math.round(amount)) < 1e-6;
}
