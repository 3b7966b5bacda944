import { SQL } from "../../../lib/deployability/gcp/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "gcp-sql-ha-backups",
  title: "A regional database instance has backups and its logs",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer: "400: Invalid request: REGIONAL needs backups and point-in-time recovery.",
  },
  fix: "Set backupConfiguration.enabled and pointInTimeRecoveryEnabled (MySQL: binaryLogEnabled) to true with availabilityType REGIONAL.",
  source: "https://cloud.google.com/sql/docs/postgres/high-availability",
  check: { [SQL]: (instance) => [...checkRegional(instance), ...checkBinaryLog(instance)] },
});

function checkRegional(instance: Resource): Report[] {
  const kind = instance.at("settings.availabilityType");
  if (instance.at("masterInstanceName").present || kind.absent) return [];
  const version = instance.at("databaseVersion").text ?? "";
  const logs = /^MYSQL/i.test(version)
    ? ["binaryLogEnabled"]
    : /^POSTGRES/i.test(version)
      ? ["pointInTimeRecoveryEnabled"]
      : [];
  const backup = instance.at("settings.backupConfiguration");
  const needed = ["enabled", ...logs].map((key) => backup.at(key));
  const missing = needed.filter((value) => !value.unknown && value.boolean !== true);
  if (kind.unknown) return missing.length === 0 ? [] : [undecided(kind)];
  if (!kind.isWord("REGIONAL")) return [];
  if (missing.length > 0)
    return missing.map((value) =>
      violation(value, `availabilityType is REGIONAL, but ${value.path} is not true`),
    );
  return needed.filter((value) => value.unknown).map(undecided);
}

function checkBinaryLog(instance: Resource): Report[] {
  const log = instance.at("settings.backupConfiguration.binaryLogEnabled");
  const version = instance.at("databaseVersion").text;
  if (log.boolean !== true || version === undefined || /^MYSQL/i.test(version)) return [];
  return [
    {
      ...violation(log, `binaryLogEnabled is for MySQL, not for ${version}`),
      answer: "400: Binary log can only be enabled for MySQL instances.",
    },
  ];
}
