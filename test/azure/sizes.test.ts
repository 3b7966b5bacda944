import { retentionOf } from "../../providers/azure/logs";
import {
  containerSize,
  postgresSize,
  postgresStorage,
  redisSku,
} from "../../providers/azure/sizes";
import {
  CONSUMPTION,
  INGRESS,
  placementOf,
  profileArgs,
} from "../../providers/azure/workload-profiles";

test.each([
  [0.25, 512, { cpu: 0.25, memory: "0.5Gi" }],
  [0.5, 1024, { cpu: 0.5, memory: "1Gi" }],
  // Memory decides: Azure sells it with its CPU.
  [0.25, 3000, { cpu: 1.5, memory: "3Gi" }],
  [1.1, 256, { cpu: 1.25, memory: "2.5Gi" }],
  [4, 8192, { cpu: 4, memory: "8Gi" }],
  [4.25, 1024, undefined],
  [1, 9000, undefined],
])("a container of %d vCPU and %d MiB", (cpu, memoryMiB, size) => {
  expect(containerSize(cpu, memoryMiB)).toEqual(size);
});

test.each([
  [1, 2048, true, "Standard_B1ms"],
  [2, 4096, true, "Standard_B2s"],
  [2, 4096, false, "Standard_D2ds_v5"],
  [2, 16384, false, "Standard_E2ds_v5"],
  [3, 8192, false, "Standard_D4ds_v5"],
  [128, 8192, false, undefined],
])("a server of %d vCPU and %d MiB, burstable %s", (cpu, memoryMiB, burstable, name) => {
  expect(postgresSize(cpu, memoryMiB, burstable)?.name).toBe(name);
});

test.each([
  [20, 32],
  [32, 32],
  [100, 128],
  [32768, 32768],
  [40000, undefined],
])("a disk of %d GiB", (wish, size) => {
  expect(postgresStorage(wish)).toBe(size);
});

test.each([
  [512, "Balanced_B0"],
  [513, "Balanced_B1"],
  [4096, "Balanced_B5"],
  [300000, undefined],
])("a cache of %d MiB", (wish, sku) => {
  expect(redisSku(wish)).toBe(sku);
});

test.each([
  [7, { interactive: 30, total: 30 }],
  [90, { interactive: 90, total: 90 }],
  [731, { interactive: 730, total: 1095 }],
  [2557, { interactive: 730, total: 2922 }],
  [5000, undefined],
])("logs kept %d days", (days, retention) => {
  expect(retentionOf(days)).toEqual(retention);
});

test.each<[number, number, number | undefined, string, number, string]>([
  [0.5, 1024, undefined, "Consumption", 0.5, "1Gi"],
  [4, 8192, undefined, "Consumption", 4, "8Gi"],
  // As large as a D4, which keeps a part for itself.
  [4, 16384, undefined, "D8", 4, "16Gi"],
  [2, 20480, undefined, "E4", 2, "20Gi"],
  [4, 16384, 8, "Consumption-GPU-NC8as-T4", 8, "56Gi"],
  [4, 16384, 24, "Consumption-GPU-NC24-A100", 24, "220Gi"],
])("%d vCPU, %d MiB and a GPU of %s GiB run on %s", (cpu, memory, gpu, type, cores, gib) => {
  expect(placementOf(cpu, memory, gpu)).toMatchObject({
    profile: { type },
    cpu: cores,
    memory: gib,
  });
});

test("profiles stand in an environment once, whoever asks for them", () => {
  const types = profileArgs([INGRESS, CONSUMPTION, INGRESS]).map(
    ({ workloadProfileType }) => workloadProfileType,
  );
  expect(types).toEqual(["Consumption", "D4"]);
});
