import type { app } from "@pulumi/azure-native/types/input";
import { containerSize } from "./sizes";

/** Where a container of the environment runs, and the size it gets there. */
export interface Placement {
  readonly profile: Profile;
  readonly cpu: number;
  /** In the form Container Apps takes, e.g. `0.5Gi`. */
  readonly memory: string;
}

/** A kind of machine of the environment; its name is the name of its type. */
export interface Profile {
  readonly type: string;
  /** Machines that are reserved; none for the kinds that are billed by replica. */
  readonly nodes?: { readonly min: number; readonly max: number };
}

export const CONSUMPTION: Profile = { type: "Consumption" };

/**
 * Machines of the proxy in front of all apps, beside those of the apps: it needs at least two, and
 * without any of its own it ends a request after four minutes of silence.
 */
export const INGRESS: Profile = { type: "D4", nodes: { min: 2, max: 4 } };

/** Source: product documentation of workload profiles, 2025-11. */
const DEDICATED = [
  ["D4", 4, 16],
  ["E4", 4, 32],
  ["D8", 8, 32],
  ["E8", 8, 64],
  ["D16", 16, 64],
  ["E16", 16, 128],
  ["D32", 32, 128],
  ["E32", 32, 256],
] as const;

/** A graphics processor each; a replica has the whole of it. */
const GPUS = [
  ["Consumption-GPU-NC8as-T4", 16, 8, 56],
  ["Consumption-GPU-NC24-A100", 80, 24, 220],
] as const;

export const LARGEST = { cpu: 31, memoryMiB: 255 * 1024, gpuMemoryGiB: 80 };

/** The cheapest place that fulfils the wish; undefined when there is none. */
export function placementOf(
  cpu: number,
  memoryMiB: number,
  gpuMemoryGiB?: number,
): Placement | undefined {
  if (gpuMemoryGiB !== undefined) {
    const found = GPUS.find(
      ([, gpu, cores, gib]) => gpu >= gpuMemoryGiB && cores >= cpu && gib * 1024 >= memoryMiB,
    );
    return found && { profile: { type: found[0] }, cpu: found[2], memory: `${found[3]}Gi` };
  }
  const small = containerSize(cpu, memoryMiB);
  if (small) return { profile: CONSUMPTION, ...small };
  // Machines of one's own are shared with a part of the platform: one that is just as large is too small.
  const node = DEDICATED.find(([, cores, gib]) => cores > cpu && gib * 1024 > memoryMiB);
  return (
    node && {
      profile: { type: node[0], nodes: { min: 1, max: 3 } },
      cpu: Math.ceil(cpu * 4) / 4,
      memory: `${Math.ceil(memoryMiB / 512) / 2}Gi`,
    }
  );
}

/** The profiles of an environment, in the form it takes them, each once. */
export function profileArgs(profiles: Iterable<Profile>): app.WorkloadProfileArgs[] {
  const byType = new Map([CONSUMPTION, ...profiles].map((each) => [each.type, each]));
  return [...byType.values()]
    .sort((a, b) => a.type.localeCompare(b.type))
    .map(({ type, nodes }) => ({
      name: type,
      workloadProfileType: type,
      ...(nodes ? { minimumCount: nodes.min, maximumCount: nodes.max } : {}),
    }));
}
