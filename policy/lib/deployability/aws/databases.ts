import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { DATABASE, DATABASE_CLUSTER } from "./types";

/** RDS instances and clusters, and how each names what both have. */
export const DATABASES: Readonly<
  Record<string, { user: string; passwords: readonly string[]; name: string; identifier: string }>
> = {
  [DATABASE]: {
    user: "username",
    passwords: ["password", "passwordWo"],
    name: "dbName",
    identifier: "identifier",
  },
  [DATABASE_CLUSTER]: {
    user: "masterUsername",
    passwords: ["masterPassword", "masterPasswordWo"],
    name: "databaseName",
    identifier: "clusterIdentifier",
  },
};

/** Family of a database's engine; undefined where it is not known or none of these. */
export function engineOf(
  database: Resource,
): "postgres" | "mysql" | "sqlserver" | "oracle" | undefined {
  const engine = database.at("engine").text?.toLowerCase() ?? "";
  if (engine.includes("postgres")) return "postgres";
  if (/mysql|maria|^aurora$/.test(engine)) return "mysql";
  if (engine.includes("sqlserver")) return "sqlserver";
  return engine.includes("oracle") ? "oracle" : undefined;
}

/** The leading numbers of a version; undefined where it is not set or not known. */
export function majorOf(version: Value): number | undefined {
  const match = /^\s*(\d+)/.exec(version.text ?? String(version.number ?? ""));
  return match === null ? undefined : Number(match[1]);
}

/** True for a database that is made from another one and takes over what that one has. */
export function isCopy(database: Resource): boolean {
  return [
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "snapshotIdentifier",
    "restoreToPointInTime",
    "globalClusterIdentifier",
    "s3Import",
  ].some((property) => database.at(property).present);
}
