import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const sql = (
  tier: unknown,
  edition?: unknown,
  databaseVersion: unknown = "POSTGRES_16",
  more: object = {},
) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", {
    databaseVersion,
    settings: { tier, edition, ...more },
  });
const days = (transactionLogRetentionDays: number) => ({
  backupConfiguration: { transactionLogRetentionDays },
});

export const fixtures: Fixtures = {
  good: [
    sql("db-f1-micro", "ENTERPRISE"),
    sql("db-f1-micro", undefined, "POSTGRES_15"),
    sql("db-perf-optimized-N-2"),
    sql("db-custom-2-7680", "ENTERPRISE", "POSTGRES_17", days(7)),
    sql("db-n1-standard-1", undefined, "MYSQL_8_0"),
    sql("db-perf-optimized-N-4", "ENTERPRISE_PLUS", "MYSQL_8_0", days(30)),
  ],
  bad: [
    sql("db-f1-micro"),
    sql("db-custom-1-3840", undefined, "POSTGRES_17"),
    sql("db-g1-small", "ENTERPRISE_PLUS", "POSTGRES_14"),
    sql("db-perf-optimized-N-2", "ENTERPRISE"),
    sql("db-custom-3-7680", "ENTERPRISE"),
    sql("db-custom-1-3900", "ENTERPRISE"),
    sql("db-custom-1-1024", "ENTERPRISE"),
    sql("db-custom-2-32768", "ENTERPRISE"),
    sql("db-custom-2-7680", "ENTERPRISE", "POSTGRES_16", days(14)),
  ],
  missing: [passes(sql(undefined))],
  unknown: [sql(unknown), sql("db-f1-micro", unknown), sql("db-f1-micro", undefined, unknown)],
  wrongType: [passes(sql(5, "ENTERPRISE_PLUS"))],
};
