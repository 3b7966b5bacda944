import { mustBeAtLeast, mustBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Check, type Rule } from "../../lib/rule";

const MESSAGE = "automatic backups are off";

const days =
  (path: string, absent: "passes" | "violates"): Check =>
  (resource) =>
    mustBeAtLeast(resource.at(path), 1, MESSAGE, absent);

export const rule: Rule = {
  id: "database-backup",
  title: "Databases are backed up automatically",
  severity: "high",
  category: "backup",
  profile: "baseline",
  why: "After a mistake, a failed migration or an intruder, the backup is what is left.",
  fix: {
    aws: "Set backupRetentionPeriod to the days you need, 0 switches backups off.",
    azure: "Set backup.backupRetentionDays to 7 or more.",
    gcp: "Set settings.backupConfiguration.enabled to true.",
  },
  controls: { nist: ["CP-9", "CP-10"], cis: ["11.2"] },
  check: {
    "aws:rds/instance:Instance": (resource) => {
      const retention = resource.at("backupRetentionPeriod");
      // A replica is backed up where it is copied from; Aurora backs up the cluster.
      if (retention.absent && resource.at("replicateSourceDb").present) return [];
      if (retention.absent && /^aurora/.test(resource.at("engine").text ?? "")) return [];
      return mustBeAtLeast(retention, 1, MESSAGE);
    },
    "aws:rds/cluster:Cluster": days("backupRetentionPeriod", "passes"),
    "aws:docdb/cluster:Cluster": days("backupRetentionPeriod", "passes"),
    "aws:neptune/cluster:Cluster": days("backupRetentionPeriod", "passes"),
    "aws:redshift/cluster:Cluster": days("automatedSnapshotRetentionPeriod", "passes"),
    "azure-native:dbforpostgresql:Server": days("backup.backupRetentionDays", "passes"),
    "azure-native:dbformysql:Server": days("backup.backupRetentionDays", "passes"),
    "gcp:sql/databaseInstance:DatabaseInstance": (resource) => {
      const replica = resource.at("masterInstanceName");
      if (replica.present) return [];
      const config = resource.at("settings.backupConfiguration");
      if (config.unknown) return [undecided(config)];
      return config.absent
        ? [violation(config, MESSAGE)]
        : mustBeTrue(config.at("enabled"), MESSAGE);
    },
    "gcp:alloydb/cluster:Cluster": (resource) =>
      mustBeTrue(resource.at("automatedBackupPolicy.enabled"), MESSAGE, "passes"),
  },
};
