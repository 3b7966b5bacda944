import type { Parity, ResolveContext } from "../../components/builder";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import { retentionOf } from "./logs";
import { byProfile } from "./profile";
import { postgresSize, postgresStorage, type PostgresSize } from "./sizes";

/** Login of the administrator. Azure reserves admin, root, azure_superuser and more. */
export const ADMIN = "portolan";

const VERSIONS = ["14", "15", "16", "17", "18"];

/** Default of Azure where it names none of its own; see `connectionsOf`. */
const MAX_CONNECTIONS = "max_connections";

/** A PostgreSQL server as Azure will be asked for it. */
export interface Resolved {
  readonly version: string;
  readonly database: string;
  readonly size: PostgresSize;
  readonly storageGiB: number;
  readonly autoGrow: boolean;
  readonly highAvailability: boolean;
  readonly backupDays: number;
  readonly geoRedundantBackup: boolean;
  readonly customerKey: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly maxConnections: number;
  readonly logDays: number;
}

export const describe: Parity<ManagedPostgresSpec> = {
  version: "Azure Database for PostgreSQL Flexible Server, major versions 14 to 18",
  database: "a database on the server; a protected stack also locks the server against deletion",
  cpu: "the smallest size with at least this; burstable ones in dev and staging only",
  memoryMiB: "the smallest size with at least this; a change restarts the server",
  storageGiB: "Premium SSD in doubling sizes from 32 GiB; the next larger one is taken",
  maxStorageGiB:
    "switches automatic growth on; Azure knows no upper bound for it, so the number itself is not " +
    "enforced. After growth, raise storageGiB to the new size: a disk never shrinks",
  highAvailability:
    "a zone-redundant standby; not offered by burstable sizes, so a larger one is taken",
  backupDays: "automated backups with point-in-time recovery, 7 to 35 days",
  geoRedundantBackup:
    "backups in the paired region; fixed at creation; not together with customerKey",
  customerKey:
    "an RSA key in a vault of its own, used by an identity that may wrap and unwrap and nothing " +
    "else; fixed at creation; the vault is kept after a deletion (purge protection)",
  extensions: "allow-listed by azure.extensions before any job runs",
  parameters: "server parameters, set one after the other; azure.extensions comes from extensions",
  logDays: "PostgreSQLLogs in a Log Analytics workspace of the server's own, at least 30 days",
  containerName: "accepted: there are no container names on this target",
};

export function resolve(
  spec: ManagedPostgresSpec,
  { environment, path, problems }: ResolveContext,
): Resolved {
  const highAvailability = spec.highAvailability ?? byProfile("highAvailability", environment);
  const burstable = !highAvailability && byProfile("burstable", environment);
  const size = postgresSize(spec.cpu, spec.memoryMiB, burstable);
  if (!size) {
    problems.add(
      `${path}.cpu`,
      `no size has ${spec.cpu} vCPU and ${spec.memoryMiB} MiB; the largest have 96 vCPU and 384 GiB`,
    );
  }
  const storageGiB = postgresStorage(spec.storageGiB);
  if (storageGiB === undefined) {
    problems.add(`${path}.storageGiB`, `${spec.storageGiB} GiB is not offered; use at most 32768`);
  }
  if (!VERSIONS.includes(spec.version)) {
    problems.add(`${path}.version`, `"${spec.version}" is not offered; use ${VERSIONS.join(", ")}`);
  }
  if (spec.backupDays < 7 || spec.backupDays > 35) {
    problems.add(`${path}.backupDays`, `${spec.backupDays} is not offered; give 7 to 35 days`);
  }
  const customerKey = spec.customerKey ?? byProfile("customerKey", environment);
  const geoRedundantBackup = spec.geoRedundantBackup ?? false;
  if (customerKey && geoRedundantBackup) {
    problems.add(
      `${path}.geoRedundantBackup`,
      "together with customerKey Azure needs a second key in the paired region, which is outside " +
        "the stack; set one of the two to false",
    );
  }
  if (!retentionOf(spec.logDays)) {
    problems.add(`${path}.logDays`, `${spec.logDays} days are not offered; give at most 4383`);
  }
  const parameters = parametersOf(spec, path, problems);
  return {
    version: spec.version,
    database: spec.database,
    size: size ?? { name: "", tier: "Burstable", cpu: 0, memoryMiB: 0, maxConnections: 1 },
    storageGiB: storageGiB ?? 32,
    autoGrow: spec.maxStorageGiB !== undefined && spec.maxStorageGiB > spec.storageGiB,
    highAvailability,
    backupDays: spec.backupDays,
    geoRedundantBackup,
    customerKey,
    parameters,
    maxConnections: Number(parameters[MAX_CONNECTIONS] ?? size?.maxConnections ?? 1),
    logDays: spec.logDays,
  };
}

/** The parameters in the order they are set: TLS first, then what the description asks for. */
function parametersOf(
  { extensions = [], parameters = {} }: ManagedPostgresSpec,
  path: string,
  problems: ResolveContext["problems"],
): Record<string, string> {
  const fixed: Record<string, string> = {
    require_secure_transport: "on",
    ssl_min_protocol_version: "TLSv1.2",
    password_encryption: "scram-sha-256",
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (name === "azure.extensions") {
      problems.add(`${path}.parameters.${name}`, "is made from extensions; list them there");
    } else if (name in fixed && value.toLowerCase() !== fixed[name]?.toLowerCase()) {
      problems.add(`${path}.parameters.${name}`, `is always ${fixed[name]}; remove the line`);
    }
  }
  const allowed = [...new Set(extensions)].sort().join(",");
  return {
    ...fixed,
    ...(allowed === "" ? {} : { "azure.extensions": allowed }),
    ...Object.fromEntries(Object.entries(parameters).filter(([name]) => !(name in fixed))),
  };
}
