/**
 * Parameters that PostgreSQL reads at its start only. RDS refuses to apply them at once.
 * https://www.postgresql.org/docs/current/view-pg-settings.html (context `postmaster`)
 */
const STATIC = new Set([
  "autovacuum_freeze_max_age",
  "autovacuum_max_workers",
  "autovacuum_multixact_freeze_max_age",
  "huge_pages",
  "jit_provider",
  "max_connections",
  "max_files_per_process",
  "max_locks_per_transaction",
  "max_logical_replication_workers",
  "max_pred_locks_per_transaction",
  "max_prepared_transactions",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
  "superuser_reserved_connections",
  "track_activity_query_size",
  "track_commit_timestamp",
  "wal_buffers",
]);

/** What every server of ours is told, unless the description says otherwise. */
const OURS: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  log_min_duration_statement: "1000",
  log_lock_waits: "1",
};

/** Safety is not an option: a description may say these values and no others. */
export const FIXED: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  password_encryption: "scram-sha-256",
};

/** RDS takes booleans as numbers and refuses the words that PostgreSQL shows. */
const NUMBERS: Readonly<Record<string, string>> = { on: "1", off: "0" };

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

export function parameters(given: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries({ ...OURS, ...given })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value: NUMBERS[value] ?? value,
      applyMethod: STATIC.has(name) ? "pending-reboot" : "immediate",
    }));
}

/**
 * The server's limit of connections: what is asked for, or the default of RDS, which is the
 * memory of the class divided by 9531392 and at most 5000.
 */
export function maxConnections(given: Readonly<Record<string, string>>, memoryMiB: number): number {
  const asked = Number(given["max_connections"]);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return Math.min(5000, Math.floor((memoryMiB * 1024 * 1024) / 9531392));
}
