import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const sized = (...sizes: (readonly [cpu: unknown, memory: unknown])[]) =>
  resource("azure-native:app:ContainerApp", {
    environmentId: { ref: "env.id" },
    template: {
      containers: sizes.map(([cpu, memory]) => ({ image: "a", resources: { cpu, memory } })),
    },
  });
const profile = (workloadProfileName: unknown) =>
  resource("azure-native:app/v20240301:Job", {
    workloadProfileName,
    template: { containers: [{ image: "a", resources: { cpu: 3, memory: "16Gi" } }] },
  });
const env = (workloadProfiles: unknown) =>
  resource("azure-native:app:ManagedEnvironment", { workloadProfiles }, "env");
const profiles = [{ name: "Consumption", workloadProfileType: "Consumption" }];

export const fixtures: Fixtures = {
  good: [
    passes(sized([0.5, "1Gi"])),
    passes(sized(["0.25", "0.5Gi"], [0.75, "1.5Gi"])),
    passes(sized([2, "4.0Gi"]), env(undefined)),
    passes(sized([4, "8Gi"]), env(profiles)),
    profile("D4"),
  ],
  bad: [
    sized([1, "1Gi"]),
    sized([0.3, "0.6Gi"]),
    sized([0.5, "1Gi"], [0.25, "1Gi"]),
    sized([0.5, "1024Mi"]),
    sized([8, "16Gi"]),
    profile("consumption"),
    violates(sized([4, "8Gi"]), env(undefined)),
    violates(sized([2.5, "5Gi"]), env([])),
  ],
  missing: [
    passes(sized([undefined, undefined])),
    passes(resource("azure-native:app:ContainerApp", {})),
  ],
  unknown: [
    sized([unknown, "1Gi"]),
    sized([1, unknown]),
    profile(unknown),
    waits(sized([4, "8Gi"]), env(unknown)),
    waits(sized([4, "8Gi"])),
  ],
  wrongType: [passes(sized([{}, []])), passes(sized(["half", 1]))],
};
