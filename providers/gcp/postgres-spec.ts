import type { ResolveContext } from "../../components/builder";
import type { ManagedPostgresSpec } from "../../components/managed-postgres";
import { checkLogDays } from "./log-store";
import { PROFILE } from "./profile";
import { given } from "./settings";
import { sqlConnections, sqlSize, type SqlSize } from "./sizes";

export interface ResolvedPostgres {
  readonly version: string;
  readonly database: string;
  readonly size: SqlSize;
  readonly storageGiB: number;
  readonly maxStorageGiB?: number;
  readonly highAvailability: boolean;
  readonly backupDays: number;
  readonly backupLocation?: string;
  readonly customerKey: boolean;
  readonly flags: Readonly<Record<string, string>>;
  readonly logDays: number;
}

const VERSIONS = ["13", "14", "15", "16", "17", "18"];
const SMALLEST: SqlSize = { cpu: 1, memoryMiB: 3840, tier: "db-custom-1-3840" };
const STORAGE = { min: 10, max: 65536 };

/** Parameters that the service sets itself: it refuses them as flags. */
const FIXED = /^(ssl.*|listen_addresses|port|hba_file|ident_file|data_directory|archive_.*)$/;

/** Who connected and when: what an investigation asks first. Off by default in PostgreSQL. */
const BASELINE = { log_connections: "on", log_disconnections: "on" };

export function resolvePostgres(
  spec: ManagedPostgresSpec,
  { path, problems, environment }: ResolveContext,
): ResolvedPostgres {
  if (!VERSIONS.includes(spec.version)) {
    problems.add(
      `${path}.version`,
      `PostgreSQL ${spec.version} is not offered by Cloud SQL; use one of ${VERSIONS.join(", ")}`,
    );
  }
  const size = sqlSize(spec.cpu, spec.memoryMiB);
  if (!size) {
    problems.add(
      `${path}.cpu`,
      `${spec.cpu} vCPU with ${spec.memoryMiB} MiB is beyond Cloud SQL; at most 96 with 638976 MiB`,
    );
  }
  checkStorage(spec, path, problems);
  if (!Number.isInteger(spec.backupDays) || spec.backupDays < 7 || spec.backupDays > 35) {
    problems.add(`${path}.backupDays`, `${spec.backupDays} is out of range; give 7 to 35`);
  }
  checkLogDays(spec.logDays, `${path}.logDays`, problems);
  for (const parameter of Object.keys(spec.parameters ?? {})) {
    if (FIXED.test(parameter)) {
      problems.add(
        `${path}.parameters.${parameter}`,
        "is set by Cloud SQL and cannot be given; remove it (TLS is always required)",
      );
    }
  }
  const backupLocation = spec.geoRedundantBackup ? multiRegion(path, problems) : undefined;
  const taken = size ?? SMALLEST;
  const grows = spec.maxStorageGiB !== undefined && spec.maxStorageGiB > spec.storageGiB;
  return {
    version: spec.version,
    database: spec.database,
    size: taken,
    storageGiB: Math.max(STORAGE.min, spec.storageGiB),
    ...(grows ? { maxStorageGiB: spec.maxStorageGiB } : {}),
    highAvailability: spec.highAvailability ?? PROFILE[environment.profile].highAvailability,
    backupDays: spec.backupDays,
    ...(backupLocation ? { backupLocation } : {}),
    customerKey: spec.customerKey ?? false,
    // Written out, so that the alarm on open connections knows its hundred percent.
    flags: { ...BASELINE, max_connections: `${sqlConnections(taken)}`, ...spec.parameters },
    logDays: spec.logDays,
  };
}

function checkStorage(
  { storageGiB, maxStorageGiB }: ManagedPostgresSpec,
  path: string,
  problems: ResolveContext["problems"],
): void {
  if (!Number.isInteger(storageGiB) || storageGiB < 1 || storageGiB > STORAGE.max) {
    problems.add(`${path}.storageGiB`, `${storageGiB} GiB is not offered; give 10 to 65536`);
  }
  if (maxStorageGiB === undefined) return;
  if (!Number.isInteger(maxStorageGiB) || maxStorageGiB > STORAGE.max) {
    problems.add(`${path}.maxStorageGiB`, `${maxStorageGiB} GiB is not offered; at most 65536`);
  } else if (maxStorageGiB < storageGiB) {
    problems.add(
      `${path}.maxStorageGiB`,
      `${maxStorageGiB} GiB is less than storageGiB; give at least ${storageGiB}`,
    );
  }
}

/** The multi-region that holds a region's backups. */
function multiRegion(path: string, problems: ResolveContext["problems"]): string | undefined {
  const { region = "" } = given();
  const found = { us: "us", europe: "eu", asia: "asia" }[region.split("-")[0] ?? ""];
  if (!found) {
    problems.add(
      `${path}.geoRedundantBackup`,
      `${region} lies in no multi-region; use a region of us, europe or asia, or leave it off`,
    );
  }
  return found;
}
