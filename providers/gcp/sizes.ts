/**
 * What Google offers, and the smallest of it that is enough for a wish. Sources:
 * cloud.google.com/run/docs/configuring/services/cpu and /memory-limits,
 * cloud.google.com/sql/docs/postgres/instance-settings, /flags (default of max_connections).
 */

export interface RunSize {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** vCPUs with the memory they may have, MiB. The second generation needs 512 MiB at least. */
const RUN: readonly (readonly [cpu: number, min: number, max: number])[] = [
  [1, 512, 4096],
  [2, 512, 8192],
  [4, 2048, 16384],
  [6, 4096, 24576],
  [8, 4096, 32768],
];

/**
 * A Cloud Run size, or undefined when the wish is beyond the largest. Fractions of a vCPU are not
 * taken: they allow one request at a time and no work between requests.
 */
export function runSize(cpu: number, memoryMiB: number): RunSize | undefined {
  const found = RUN.find(([offered, , max]) => offered >= cpu && memoryMiB <= max);
  if (!found) return undefined;
  const [offered, min] = found;
  return { cpu: offered, memoryMiB: Math.max(min, Math.ceil(memoryMiB)) };
}

export interface SqlSize extends RunSize {
  /** `db-custom-<vCPUs>-<MiB>`: the tiers of the Enterprise edition. */
  readonly tier: string;
}

const SQL_MAX_CPU = 96;

/** A Cloud SQL size: 1 or an even number of vCPUs, 0.9 to 6.5 GiB each in steps of 256 MiB. */
export function sqlSize(cpu: number, memoryMiB: number): SqlSize | undefined {
  for (let offered = 1; offered <= SQL_MAX_CPU; offered += offered === 1 ? 1 : 2) {
    if (offered < cpu || memoryMiB > offered * 6656) continue;
    const memory = step(Math.max(3840, memoryMiB, offered * 921.6), 256);
    return { cpu: offered, memoryMiB: memory, tier: `db-custom-${offered}-${memory}` };
  }
  return undefined;
}

/** GiB of memory from which Cloud SQL allows this many connections by default. */
const SQL_CONNECTIONS: readonly (readonly [gib: number, connections: number])[] = [
  [120, 1000],
  [60, 800],
  [30, 600],
  [15, 500],
  [7.5, 400],
  [6, 200],
  [0, 100],
];

/** Cloud SQL's own default of `max_connections` for a size. */
export function sqlConnections({ memoryMiB }: SqlSize): number {
  const found = SQL_CONNECTIONS.find(([gib]) => memoryMiB / 1024 >= gib);
  return found ? found[1] : 100;
}

const REDIS_MAX_GIB = 300;

/** Memorystore is sold by the GiB, 1 to 300. */
export function redisGib(memoryMiB: number): number | undefined {
  const gib = Math.max(1, Math.ceil(memoryMiB / 1024));
  return gib <= REDIS_MAX_GIB ? gib : undefined;
}

const step = (value: number, by: number): number => Math.ceil(value / by) * by;

/** Machines with 4 or 8 GiB per vCPU. */
const MACHINES = [2, 4, 8, 16, 32].flatMap((cpu) =>
  cpu > 16
    ? [{ name: `e2-standard-${cpu}`, cpu, memoryMiB: cpu * 4096 }]
    : [
        { name: `e2-standard-${cpu}`, cpu, memoryMiB: cpu * 4096 },
        { name: `e2-highmem-${cpu}`, cpu, memoryMiB: cpu * 8192 },
      ],
);

/** The smallest machine type of Compute Engine's E2 series that is enough, if there is one. */
export const machineType = (cpu: number, memoryMiB: number): string | undefined =>
  MACHINES.find((each) => each.cpu >= cpu && each.memoryMiB >= memoryMiB)?.name;
