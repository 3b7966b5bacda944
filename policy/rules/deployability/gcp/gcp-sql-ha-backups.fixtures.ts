import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const sql = (
  availabilityType: unknown,
  backupConfiguration: unknown,
  databaseVersion = "POSTGRES_16",
  more: object = {},
) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", {
    databaseVersion,
    settings: { availabilityType, backupConfiguration },
    ...more,
  });
const both = { enabled: true, pointInTimeRecoveryEnabled: true };

export const fixtures: Fixtures = {
  good: [
    sql("REGIONAL", both),
    sql("ZONAL", undefined),
    sql("REGIONAL", { enabled: true, binaryLogEnabled: true }, "MYSQL_8_0"),
    sql("REGIONAL", undefined, "POSTGRES_16", { masterInstanceName: "main" }),
  ],
  bad: [
    sql("REGIONAL", undefined),
    sql("REGIONAL", { enabled: true }),
    sql("regional", { enabled: false, pointInTimeRecoveryEnabled: true }),
    sql("REGIONAL", { enabled: true, pointInTimeRecoveryEnabled: true }, "MYSQL_8_0"),
    sql("ZONAL", { enabled: true, binaryLogEnabled: true }),
  ],
  missing: [passes(sql(undefined, undefined))],
  unknown: [
    sql(unknown, undefined),
    sql("REGIONAL", { ...both, enabled: unknown }),
    sql("REGIONAL", unknown),
  ],
  wrongType: [passes(sql(5, "daily"))],
};
