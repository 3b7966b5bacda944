import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const rds = (props: object) => resource("aws:rds/instance:Instance", props);
const sql = (backupConfiguration: unknown) =>
  resource("gcp:sql/databaseInstance:DatabaseInstance", { settings: { backupConfiguration } });

export const fixtures: Fixtures = {
  good: [
    rds({ backupRetentionPeriod: 7 }),
    rds({ replicateSourceDb: "main" }),
    sql({ enabled: true }),
  ],
  bad: [
    rds({ backupRetentionPeriod: 0 }),
    rds({ backupRetentionPeriod: "0" }),
    resource("aws:rds/cluster:Cluster", { backupRetentionPeriod: 0 }),
    sql({ enabled: false }),
  ],
  missing: [
    violates(rds({})),
    violates(sql(undefined)),
    passes(resource("aws:rds/cluster:Cluster", {})),
  ],
  unknown: [rds({ backupRetentionPeriod: unknown }), sql(unknown)],
  wrongType: [violates(rds({ backupRetentionPeriod: [] })), violates(sql("on"))],
};
