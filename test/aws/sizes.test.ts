import fc from "fast-check";
import { Problems } from "../../components/errors";
import { CACHE_SIZES, DATABASE_SIZES, fargateSize, storeSize } from "../../providers/aws/sizes";

const size = (cpu: number, memoryMiB: number) => {
  const problems = new Problems();
  const found = fargateSize({ cpu, memoryMiB }, "services.api", problems);
  return { found, sentences: problems.all.map(({ path, message }) => `${path}: ${message}`) };
};

describe("sizes on Fargate", () => {
  test.each([
    [0.25, 512, "256", "512"],
    [0.25, 600, "256", "1024"],
    [0.25, 1500, "256", "2048"],
    [0.5, 512, "512", "1024"],
    [0.5, 1024, "512", "1024"],
    [1, 2500, "1024", "3072"],
    [8, 17000, "8192", "20480"],
    [16, 33000, "16384", "40960"],
  ])("%f vCPU and %i MiB become %s and %s", (cpu, memoryMiB, units, memory) => {
    expect(size(cpu, memoryMiB)).toEqual({ found: { cpu: units, memory }, sentences: [] });
  });

  test.each([
    [3, 4096, "services.api.cpu: 3 vCPU is not offered on Fargate; use 2 or 4"],
    [0.1, 512, "services.api.cpu: 0.1 vCPU is not offered on Fargate; use 0.25"],
    [32, 512, "services.api.cpu: 32 vCPU is not offered on Fargate; use 16"],
    [
      0.25,
      4096,
      "services.api.memoryMiB: 4096 MiB is not offered with 0.25 vCPU on Fargate; use 0.5 vCPU or at most 2048 MiB",
    ],
    [
      16,
      200000,
      "services.api.memoryMiB: 200000 MiB is not offered with 16 vCPU on Fargate; use at most 122880 MiB",
    ],
  ])("%f vCPU and %i MiB are refused", (cpu, memoryMiB, sentence) => {
    expect(size(cpu, memoryMiB).sentences).toEqual([sentence]);
  });

  test("never fall below the wish", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.25, 0.5, 1, 2, 4, 8, 16),
        fc.integer({ min: 128, max: 2048 }),
        (cpu, memoryMiB) => {
          const { found, sentences } = size(cpu, memoryMiB);
          expect(sentences).toEqual([]);
          expect(Number(found.memory)).toBeGreaterThanOrEqual(memoryMiB);
        },
      ),
    );
  });
});

describe("sizes of stores", () => {
  test.each([
    [DATABASE_SIZES, 1, 1024, "db.t4g.micro"],
    [DATABASE_SIZES, 2, 4096, "db.t4g.medium"],
    [DATABASE_SIZES, 2, 5000, "db.m7g.large"],
    [CACHE_SIZES, 0, 512, "cache.t4g.micro"],
    [CACHE_SIZES, 0, 1024, "cache.t4g.small"],
  ])("the smallest that holds the wish", (sizes, cpu, memoryMiB, name) => {
    expect(storeSize(sizes, { cpu, memoryMiB }, "postgres.db", new Problems()).name).toBe(name);
  });

  test("a wish that is too large is refused with the largest size", () => {
    const problems = new Problems();
    storeSize(DATABASE_SIZES, { cpu: 64, memoryMiB: 1024 }, "postgres.db", problems);
    expect(problems.all[0]?.message).toContain(
      "use at most 32 vCPU and 131072 MiB (db.m7g.8xlarge)",
    );
  });
});
