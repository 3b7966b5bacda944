import { mustBeAtLeast, mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import type { Check, Rule } from "../../lib/rule";

const days =
  (path: string, unless?: string): Check =>
  (resource, { settings }) =>
    unless !== undefined && resource.at(unless).present
      ? []
      : mustBeAtLeast(
          resource.at(path),
          settings.minimumBackupDays,
          `backups are kept for less than ${settings.minimumBackupDays} days`,
        );

const POINT = "the store cannot be brought back to a point in time";

export const rule: Rule = {
  id: "backup-depth",
  title: "Backups reach far enough back, to any point in time",
  severity: "medium",
  category: "backup",
  profile: "strict",
  why: "Damage is often found days later; a backup of yesterday already holds it.",
  fix: {
    aws: "Raise backupRetentionPeriod and switch on pointInTimeRecovery of tables.",
    azure: "Raise backup.backupRetentionDays and enable geo-redundant backup.",
    gcp: "Set settings.backupConfiguration.pointInTimeRecoveryEnabled (binaryLogEnabled for MySQL) to true.",
  },
  controls: { nist: ["CP-9", "CP-9(1)", "CP-10"], cis: ["11.2", "11.4"] },
  check: {
    "aws:rds/instance:Instance": days("backupRetentionPeriod", "replicateSourceDb"),
    "aws:rds/cluster:Cluster": days("backupRetentionPeriod"),
    "aws:docdb/cluster:Cluster": days("backupRetentionPeriod"),
    "aws:dynamodb/table:Table": (resource) =>
      mustBeTrue(resource.at("pointInTimeRecovery.enabled"), POINT),
    "azure-native:dbforpostgresql:Server": (resource) => [
      ...mustBeOneOf(
        resource.at("backup.geoRedundantBackup"),
        ["Enabled"],
        "backups are kept in one region only",
      ),
    ],
    "gcp:sql/databaseInstance:DatabaseInstance": (resource) => {
      if (resource.at("masterInstanceName").present) return [];
      const config = resource.at("settings.backupConfiguration");
      const mysql = /^MYSQL/.test(resource.at("databaseVersion").text ?? "");
      return mustBeTrue(
        config.at(mysql ? "binaryLogEnabled" : "pointInTimeRecoveryEnabled"),
        POINT,
      );
    },
  },
};
