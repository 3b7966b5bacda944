import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const cluster = resource("azure-native:redisenterprise:RedisEnterprise", {}, "m");
const database = (accessKeysAuthentication: unknown) =>
  resource(
    "azure-native:redisenterprise:Database",
    { clusterName: { ref: "m.name" }, databaseName: "default", accessKeysAuthentication },
    "db",
  );
const assignment = resource("azure-native:redisenterprise:AccessPolicyAssignment", {
  clusterName: { ref: "m.name" },
  databaseName: "default",
});
const url = (start: unknown[]) =>
  resource("azure-native:app:ContainerApp", {
    configuration: {
      secrets: [{ value: { concat: [...start, { ref: "m.hostName" }, ":10000"] } }],
    },
  });

export const fixtures: Fixtures = {
  good: [
    passes(cluster, database("Enabled"), url(["rediss://:", unknown, "@"])),
    passes(cluster, database("Disabled"), assignment, url(["rediss://"])),
  ],
  bad: [
    violates(cluster, database(undefined)),
    violates(cluster, database("Disabled")),
    violates(cluster, database("Disabled"), assignment, url(["rediss://:", unknown, "@"])),
  ],
  missing: [violates(cluster, database(undefined)), passes(cluster)],
  unknown: [waits(cluster, database(unknown))],
  wrongType: [violates(cluster, database(true))],
};
