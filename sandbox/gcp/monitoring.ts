import type { Draft, Failure, TypeTable } from "../lib/table";
import { UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";

const CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";

export const types: Record<string, TypeTable> = {
  [CHANNEL]: {
    id: "projects/{project}/notificationChannels/{digits:20}",
    scope: "account",
    defaults: { enabled: true, forceDelete: false },
    replaceOn: ["type"],
    outputs: { name: "{id}", verificationStatus: "" },
    missing: "googleapi: Error 404: Notification channel {value} not found",
    inUse: "googleapi: Error 400: The notification channel {id} is used by alert policies",
  },
  "gcp:monitoring/alertPolicy:AlertPolicy": {
    id: "projects/{project}/alertPolicies/{digits:20}",
    scope: "account",
    defaults: { enabled: true },
    references: { "notificationChannels[*]": CHANNEL },
    outputs: { name: "{id}", creationRecords: () => [] },
    validate: alertFailures,
  },
  "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": {
    id: "projects/{project}/uptimeCheckConfigs/{logical}-{hex:10}",
    scope: "account",
    replaceOn: ["monitoredResource", "resourceGroup"],
    outputs: { name: "{id}", uptimeCheckId: ({ id }: Draft) => id.split("/").at(-1) },
  },
  "gcp:monitoring/dashboard:Dashboard": {
    id: "projects/{number}/dashboards/{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}",
    scope: "account",
    json: ["dashboardJson"],
  },
};

function alertFailures({ conditions }: Plain): readonly Failure[] {
  if (!Array.isArray(conditions)) return [];
  return (conditions as Plain[]).flatMap((condition, index) => {
    const threshold = condition?.conditionThreshold ?? condition?.conditionAbsent;
    if (threshold === undefined || threshold === UNKNOWN) return [];
    const at = `conditions[${index}]`;
    return [...filterFailures(threshold.filter, at), ...periodFailures(threshold, at)];
  });
}

function filterFailures(filter: Plain, at: string): readonly Failure[] {
  if (typeof filter !== "string") return [];
  if (/metric\.type\s*=/.test(filter) && /resource\.type\s*=/.test(filter)) return [];
  return [
    {
      property: `${at}.filter`,
      reason: 'must specify a restriction on "resource.type" and on "metric.type" in the filter',
    },
  ];
}

function periodFailures({ duration, aggregations }: Plain, at: string): readonly Failure[] {
  const failures: Failure[] = [];
  if (typeof duration === "string" && Number.parseInt(duration, 10) % 60 > 0) {
    failures.push({
      property: `${at}.duration`,
      reason: `${duration} must be a multiple of 60 seconds`,
    });
  }
  for (const { alignmentPeriod } of Array.isArray(aggregations) ? (aggregations as Plain[]) : []) {
    if (typeof alignmentPeriod === "string" && Number.parseInt(alignmentPeriod, 10) < 60) {
      failures.push({
        property: `${at}.aggregations`,
        reason: `${alignmentPeriod} must be at least 60s`,
      });
    }
  }
  return failures;
}
