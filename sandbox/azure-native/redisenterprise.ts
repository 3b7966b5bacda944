import { rule as managedDatabase } from "../../policy/rules/deployability/azure/azure-managed-redis-database";
import { createHash } from "node:crypto";
import { CloudError } from "../lib/table";
import type { FunctionRule, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import { arm, child, named } from "./shared";

const CLUSTER = "azure-native:redisenterprise:RedisEnterprise";
const DATABASE = "azure-native:redisenterprise:Database";

/** Simulated keys: the same for the same cluster, and no key of anything. */
const key = (seed: string): string =>
  `${createHash("sha256").update(seed).digest("hex").slice(0, 43)}=`;

const listKeys: FunctionRule = ({ clusterName, databaseName, resourceGroupName }, { cloud }) => {
  const database = cloud
    .all(DATABASE)
    .find(
      ({ inputs }) =>
        plain(inputs.clusterName) === clusterName &&
        plain(inputs.resourceGroupName) === resourceGroupName,
    );
  if (database === undefined || plain(database.outputs.name) !== databaseName) {
    throw new CloudError(
      `ResourceNotFound: the database ${clusterName}/${databaseName} was not found`,
    );
  }
  if (plain(database.inputs.accessKeysAuthentication) !== "Enabled") {
    throw new CloudError("AccessKeysDisabled: access keys are disabled for this database");
  }
  return {
    primaryKey: key(`${database.id}/${database.created}/1`),
    secondaryKey: key(`${database.id}/${database.created}/2`),
  };
};

export const functions: Record<string, FunctionRule> = {
  "azure-native:redisenterprise:listDatabaseKeys": listKeys,
};

export const types: Record<string, TypeTable> = {
  [CLUSTER]: arm({
    arm: "Microsoft.Cache/redisEnterprise",
    scope: "global",
    name: named("clusterName", 60),
    replaceOn: ["zones"],
    outputs: {
      hostName: "{name}.{location}.redis.azure.net",
      redisVersion: "7.4",
      resourceState: "Running",
    },
    seconds: 600,
  }),
  [DATABASE]: child({
    arm: "Microsoft.Cache/redisEnterprise/databases",
    parents: ["clusterName"],
    name: named("databaseName", 60),
    replaceOn: ["port", "clusteringPolicy", "modules", "clientProtocol"],
    references: { clusterName: `${CLUSTER}#name` },
    loose: ["clusterName"],
    rules: [managedDatabase],
    outputs: { resourceState: "Running", redisVersion: "7.4" },
    seconds: 300,
  }),
};
