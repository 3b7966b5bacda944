import { retentionOf } from "../../providers/azure/logs";
import {
  containerSize,
  postgresSize,
  postgresStorage,
  redisSku,
} from "../../providers/azure/sizes";

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
