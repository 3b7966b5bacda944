import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const cluster = (sku: unknown = { name: "Balanced_B0" }) =>
  resource("azure-native:cache/v20240901:RedisEnterprise", { sku }, "m");
const database = (databaseName: unknown, name = "db") =>
  resource(
    "azure-native:redisenterprise:Database",
    { clusterName: { ref: "m.name" }, databaseName },
    name,
  );

export const fixtures: Fixtures = {
  good: [
    passes(cluster(), database("default")),
    passes(cluster({ name: "Enterprise_E10", capacity: 2 }), database("default")),
  ],
  bad: [
    violates(cluster()),
    violates(cluster(), database("cache")),
    violates(cluster(), database("default"), database("default", "second")),
    violates(cluster({ name: "Balanced_B0", capacity: 2 }), database("default")),
  ],
  missing: [violates(cluster(), database(undefined))],
  unknown: [
    resource("azure-native:redisenterprise:Database", { databaseName: unknown }),
    passes(cluster({ name: unknown, capacity: 2 }), database("default")),
  ],
  wrongType: [violates(cluster("small"), database(7))],
};
