import { given, passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (backupRetentionPeriod: unknown) =>
  resource("aws:rds/instance:Instance", { backupRetentionPeriod });
const table = (pointInTimeRecovery: unknown) =>
  resource("aws:dynamodb/table:Table", { pointInTimeRecovery });

export const fixtures: Fixtures = {
  good: [rds(7), given({ minimumBackupDays: 3 }, passes(rds(3))), table({ enabled: true })],
  bad: [rds(6), given({ minimumBackupDays: 30 }, violates(rds(7))), table({ enabled: false })],
  missing: [violates(rds(undefined)), violates(table(undefined))],
  unknown: [rds(unknown), table(unknown)],
  wrongType: [violates(rds("week"))],
};
