import { passes, resource, unknown, waits, type Fixtures } from "../../../lib/fixture";

const task = (cpu: unknown, memory: unknown, more: object = {}) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    family: "web",
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu,
    memory,
    ...more,
  });
const containers = (...list: object[]) => ({ containerDefinitions: JSON.stringify(list) });

export const fixtures: Fixtures = {
  good: [
    task("256", "1024"),
    task(512, 4096),
    task(".5 vCPU", "1 GB"),
    task("1 vCPU", "2GB"),
    task("8192", "61440"),
    task("256", "4096", { requiresCompatibilities: ["EC2"] }),
    task("256", "512", containers({ name: "a", cpu: 128, memory: 256 }, { name: "b", cpu: 128 })),
    task(
      "256",
      "512",
      containers({ name: "a", memory: 512, memoryReservation: 256 }, { name: "b", memory: 256 }),
    ),
  ],
  bad: [
    task("256", "4096"),
    task(256, 300),
    task("300", "512"),
    task("8192", "17408"),
    task("1 vCPU", "1 GB"),
    task("256", "4096", { requiresCompatibilities: ["EC2", "fargate"] }),
    task("256", "512", containers({ name: "a", cpu: 256 }, { name: "b", cpu: 1 })),
    task("256", "512", containers({ name: "a", memory: 512 }, { name: "b", memory: 256 })),
  ],
  missing: [
    passes(task(undefined, undefined)),
    passes(task("256", "4096", { requiresCompatibilities: null })),
  ],
  unknown: [
    task(unknown, "512"),
    task("256", unknown),
    waits(task("256", "4096", { requiresCompatibilities: unknown })),
  ],
  wrongType: [
    passes(task("256", "4096", { requiresCompatibilities: "EC2" })),
    waits(task([unknown], unknown)),
  ],
};
