import * as fc from "fast-check";
import { redisGib, runSize, sqlConnections, sqlSize } from "../../providers/gcp/sizes";

test.each([
  [0.25, 256, { cpu: 1, memoryMiB: 512 }],
  [0.5, 1024, { cpu: 1, memoryMiB: 1024 }],
  [1, 6000, { cpu: 2, memoryMiB: 6000 }],
  [3, 1024, { cpu: 4, memoryMiB: 2048 }],
  [8, 32768, { cpu: 8, memoryMiB: 32768 }],
])("Cloud Run gives %d vCPU with %d MiB", (cpu, memory, size) => {
  expect(runSize(cpu, memory)).toEqual(size);
});

test.each([
  [9, 1024],
  [1, 40000],
])("Cloud Run has nothing for %d vCPU with %d MiB", (cpu, memory) => {
  expect(runSize(cpu, memory)).toBeUndefined();
});

test.each([
  [1, 2048, "db-custom-1-3840"],
  [2, 4096, "db-custom-2-4096"],
  [2, 8192, "db-custom-2-8192"],
  [3, 4000, "db-custom-4-4096"],
  [1, 8192, "db-custom-2-8192"],
  [16, 4096, "db-custom-16-14848"],
])("Cloud SQL gives %d vCPU with %d MiB as %s", (cpu, memory, tier) => {
  expect(sqlSize(cpu, memory)?.tier).toBe(tier);
});

test("every tier keeps the service's rules and is enough for the wish", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 96, noNaN: true }),
      fc.integer({ min: 256, max: 600000 }),
      (cpu, memory) => {
        const size = sqlSize(cpu, memory);
        if (!size) return;
        expect(size.cpu === 1 || size.cpu % 2 === 0).toBe(true);
        expect(size.cpu).toBeGreaterThanOrEqual(cpu);
        expect(size.memoryMiB % 256).toBe(0);
        expect(size.memoryMiB).toBeGreaterThanOrEqual(Math.max(3840, memory));
        const perCpu = size.memoryMiB / 1024 / size.cpu;
        expect(perCpu).toBeGreaterThanOrEqual(0.9);
        expect(perCpu).toBeLessThanOrEqual(6.5);
      },
    ),
  );
});

test.each([
  ["db-custom-1-3840", 3840, 100],
  ["db-custom-2-8192", 8192, 400],
  ["db-custom-4-16384", 16384, 500],
  ["db-custom-32-122880", 122880, 1000],
])("%s allows so many connections", (tier, memoryMiB, connections) => {
  expect(sqlConnections({ tier, memoryMiB, cpu: 1 })).toBe(connections);
});

test("Memorystore is sold by the GiB", () => {
  expect([512, 1024, 1025, 307200, 307201].map(redisGib)).toEqual([1, 1, 2, 300, undefined]);
});
