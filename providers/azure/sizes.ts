/** What Azure offers, so that a wish can be turned into the smallest size that fulfils it. */

/** A compute size of PostgreSQL Flexible Server. */
export interface PostgresSize {
  readonly name: string;
  readonly tier: "Burstable" | "GeneralPurpose" | "MemoryOptimized";
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Azure's default of `max_connections` for this size. */
  readonly maxConnections: number;
}

type Tier = PostgresSize["tier"];
type Row = readonly [name: string, tier: Tier, cpu: number, gib: number, connections: number];

/** Source: product documentation of Flexible Server, compute and limits pages, 2026-03. */
const POSTGRES: readonly Row[] = [
  ["Standard_B1ms", "Burstable", 1, 2, 50],
  ["Standard_B2s", "Burstable", 2, 4, 429],
  ["Standard_D2ds_v5", "GeneralPurpose", 2, 8, 859],
  ["Standard_E2ds_v5", "MemoryOptimized", 2, 16, 1718],
  ["Standard_D4ds_v5", "GeneralPurpose", 4, 16, 1718],
  ["Standard_E4ds_v5", "MemoryOptimized", 4, 32, 3437],
  ["Standard_D8ds_v5", "GeneralPurpose", 8, 32, 3437],
  ["Standard_E8ds_v5", "MemoryOptimized", 8, 64, 5000],
  ["Standard_D16ds_v5", "GeneralPurpose", 16, 64, 5000],
  ["Standard_E16ds_v5", "MemoryOptimized", 16, 128, 5000],
  ["Standard_D32ds_v5", "GeneralPurpose", 32, 128, 5000],
  ["Standard_E32ds_v5", "MemoryOptimized", 32, 256, 5000],
  ["Standard_D48ds_v5", "GeneralPurpose", 48, 192, 5000],
  ["Standard_D64ds_v5", "GeneralPurpose", 64, 256, 5000],
  ["Standard_D96ds_v5", "GeneralPurpose", 96, 384, 5000],
];

/** The smallest size with at least the wish; `burstable` false leaves those sizes out. */
export function postgresSize(
  cpu: number,
  memoryMiB: number,
  burstable: boolean,
): PostgresSize | undefined {
  const row = POSTGRES.find(
    ([, tier, vcpu, gib]) =>
      vcpu >= cpu && gib * 1024 >= memoryMiB && (burstable || tier !== "Burstable"),
  );
  if (!row) return undefined;
  const [name, tier, vcpu, gib, maxConnections] = row;
  return { name, tier, cpu: vcpu, memoryMiB: gib * 1024, maxConnections };
}

/** Premium SSD disks come in doubling sizes, 32 GiB to 32 TiB. */
export function postgresStorage(gib: number): number | undefined {
  for (let size = 32; size <= 32768; size *= 2) if (size >= gib) return size;
  return undefined;
}

/** Memory of Azure Managed Redis' balanced sizes, GiB. Source: product documentation, 2026-03. */
const REDIS: readonly (readonly [gib: number, sku: string])[] = [
  [0.5, "Balanced_B0"],
  [1, "Balanced_B1"],
  [3, "Balanced_B3"],
  [6, "Balanced_B5"],
  [12, "Balanced_B10"],
  [24, "Balanced_B20"],
  [60, "Balanced_B50"],
  [120, "Balanced_B100"],
  [180, "Balanced_B150"],
  [240, "Balanced_B250"],
];

/** The smallest balanced size with at least that memory. */
export function redisSku(memoryMiB: number): string | undefined {
  return REDIS.find(([gib]) => gib * 1024 >= memoryMiB)?.[1];
}

/** Sizes of Docker hosts: general purpose, remote disks only. Product documentation, 2026-03. */
const HOSTS: readonly (readonly [name: string, cpu: number, gib: number])[] = [
  ["Standard_D2s_v5", 2, 8],
  ["Standard_D4s_v5", 4, 16],
  ["Standard_D8s_v5", 8, 32],
  ["Standard_D16s_v5", 16, 64],
  ["Standard_D32s_v5", 32, 128],
];

/** The smallest machine with at least the wish. */
export const hostSize = (cpu: number, memoryMiB: number): string | undefined =>
  HOSTS.find(([, cores, gib]) => cores >= cpu && gib * 1024 >= memoryMiB)?.[0];

/** CPU and memory of a container: they come in pairs. */
export interface ContainerSize {
  readonly cpu: number;
  /** In the form Container Apps takes, e.g. `0.5Gi`. */
  readonly memory: string;
}

/** The Consumption profile offers steps of 0.25 vCPU with exactly 2 GiB per vCPU, up to 4. */
export const LARGEST_CONTAINER = { cpu: 4, memoryMiB: 8192 };

/** The smallest pair with at least the wish. */
export function containerSize(cpu: number, memoryMiB: number): ContainerSize | undefined {
  const steps = Math.max(1, Math.ceil(cpu / 0.25), Math.ceil(memoryMiB / 512));
  const size = { cpu: steps * 0.25, memory: `${steps * 0.5}Gi` };
  return size.cpu > LARGEST_CONTAINER.cpu ? undefined : size;
}
