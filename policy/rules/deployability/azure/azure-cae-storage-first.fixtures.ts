import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const env = resource("azure-native:app:ManagedEnvironment", {}, "env");
const storage = (storageName: unknown = "data") =>
  resource(
    "azure-native:app:ManagedEnvironmentsStorage",
    { environmentName: { ref: "env.name" }, storageName },
    "stg",
  );
const app = (storageName: unknown, dependsOn: string[] = [], volumeName: unknown = "files") =>
  resource(
    "azure-native:app:ContainerApp",
    {
      environmentId: { ref: "env.id" },
      template: {
        containers: [{ volumeMounts: [{ volumeName, mountPath: "/data" }] }],
        volumes: [{ name: "files", storageType: "AzureFile", storageName }],
      },
    },
    "app",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(env, storage(), app({ ref: "stg.name" })),
    passes(env, storage(), app("data", ["stg"])),
    resource("azure-native:app:Job", {
      template: {
        containers: [{ volumeMounts: [{ volumeName: "tmp", mountPath: "/tmp" }] }],
        volumes: [{ name: "tmp", storageType: "EmptyDir" }],
      },
    }),
  ],
  bad: [
    violates(env, storage(), app("data")),
    violates(env, storage("other"), app("data", ["stg"])),
    violates(env, app("data")),
    violates(env, storage(), app(undefined)),
    violates(env, storage(), app({ ref: "stg.name" }, [], "file")),
  ],
  missing: [passes(resource("azure-native:app:ContainerApp", {}))],
  unknown: [waits(env, app(unknown)), waits(app("data"))],
  wrongType: [passes(env, storage(), app({ ref: "stg.name" }, [], 7))],
};
