import type { Problems } from "../../components/errors";

/**
 * Pairs that Fargate offers: vCPU → memory from, to, step, MiB.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const FARGATE: readonly (readonly [cpu: number, from: number, to: number, step: number])[] = [
  [0.25, 512, 2048, 512],
  [0.5, 1024, 4096, 1024],
  [1, 2048, 8192, 1024],
  [2, 4096, 16384, 1024],
  [4, 8192, 30720, 1024],
  [8, 16384, 61440, 4096],
  [16, 32768, 122880, 8192],
];

export interface FargateSize {
  /** CPU units, 1024 per vCPU, as the task definition wants them. */
  readonly cpu: string;
  /** MiB. */
  readonly memory: string;
}

/** The smallest pair with at least the wished memory; other CPU counts are refused by name. */
export function fargateSize(
  wish: { readonly cpu: number; readonly memoryMiB: number },
  path: string,
  problems: Problems,
): FargateSize {
  const row = FARGATE.find(([cpu]) => cpu === wish.cpu);
  if (!row) {
    const offered = FARGATE.map(([cpu]) => cpu);
    const near = [
      offered.filter((cpu) => cpu < wish.cpu).at(-1),
      offered.find((cpu) => cpu > wish.cpu),
    ].filter((cpu) => cpu !== undefined);
    problems.add(
      `${path}.cpu`,
      `${wish.cpu} vCPU is not offered on Fargate; use ${near.join(" or ")}`,
    );
    return { cpu: "256", memory: "512" };
  }
  const [cpu, from, to, step] = row;
  if (wish.memoryMiB > to) {
    const larger = FARGATE.find(([, , most]) => most >= wish.memoryMiB);
    problems.add(
      `${path}.memoryMiB`,
      `${wish.memoryMiB} MiB is not offered with ${cpu} vCPU on Fargate; ` +
        (larger ? `use ${larger[0]} vCPU or at most ${to} MiB` : `use at most ${to} MiB`),
    );
  }
  // The smallest pair has no 1.5 GiB: 512, 1024 and 2048 MiB are all there is.
  const steps = cpu === 0.25 ? [512, 1024, 2048] : range(from, to, step);
  const memory = steps.find((size) => size >= wish.memoryMiB) ?? to;
  return { cpu: String(cpu * 1024), memory: String(memory) };
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/** A size of a store or a machine: its name, vCPUs and memory. */
export interface StoreSize {
  readonly name: string;
  readonly cpu: number;
  readonly memoryMiB: number;
}

/**
 * Graviton classes of RDS for PostgreSQL, smallest first: burstable, then general purpose.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html
 */
export const DATABASE_SIZES: readonly StoreSize[] = [
  { name: "db.t4g.micro", cpu: 2, memoryMiB: 1024 },
  { name: "db.t4g.small", cpu: 2, memoryMiB: 2048 },
  { name: "db.t4g.medium", cpu: 2, memoryMiB: 4096 },
  { name: "db.m7g.large", cpu: 2, memoryMiB: 8192 },
  { name: "db.m7g.xlarge", cpu: 4, memoryMiB: 16384 },
  { name: "db.m7g.2xlarge", cpu: 8, memoryMiB: 32768 },
  { name: "db.m7g.4xlarge", cpu: 16, memoryMiB: 65536 },
  { name: "db.m7g.8xlarge", cpu: 32, memoryMiB: 131072 },
];

/**
 * ElastiCache nodes with the memory that Valkey may use, smallest first.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
export const CACHE_SIZES: readonly StoreSize[] = [
  { name: "cache.t4g.micro", cpu: 2, memoryMiB: 512 },
  { name: "cache.t4g.small", cpu: 2, memoryMiB: 1402 },
  { name: "cache.t4g.medium", cpu: 2, memoryMiB: 3164 },
  { name: "cache.m7g.large", cpu: 2, memoryMiB: 6522 },
  { name: "cache.m7g.xlarge", cpu: 4, memoryMiB: 13230 },
  { name: "cache.m7g.2xlarge", cpu: 8, memoryMiB: 26490 },
];

/**
 * Machines for containers, x86 as the images are, smallest first: burstable, then general purpose.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
 */
export const HOST_SIZES: readonly StoreSize[] = [
  { name: "t3.small", cpu: 2, memoryMiB: 2048 },
  { name: "t3.medium", cpu: 2, memoryMiB: 4096 },
  { name: "m7i.large", cpu: 2, memoryMiB: 8192 },
  { name: "m7i.xlarge", cpu: 4, memoryMiB: 16384 },
  { name: "m7i.2xlarge", cpu: 8, memoryMiB: 32768 },
  { name: "m7i.4xlarge", cpu: 16, memoryMiB: 65536 },
  { name: "m7i.8xlarge", cpu: 32, memoryMiB: 131072 },
];

/** The smallest size with at least the wish; the largest one and a problem when none has. */
export function storeSize(
  sizes: readonly StoreSize[],
  wish: { readonly cpu: number; readonly memoryMiB: number },
  path: string,
  problems: Problems,
): StoreSize {
  const largest = sizes.at(-1) as StoreSize;
  const found = sizes.find(({ cpu, memoryMiB }) => cpu >= wish.cpu && memoryMiB >= wish.memoryMiB);
  if (!found) {
    problems.add(
      path,
      `no size offers ${wish.cpu} vCPU and ${wish.memoryMiB} MiB; ` +
        `use at most ${largest.cpu} vCPU and ${largest.memoryMiB} MiB (${largest.name})`,
    );
  }
  return found ?? largest;
}
