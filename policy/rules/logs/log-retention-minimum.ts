import { undecided, violation, type Check, type Rule } from "../../lib/rule";

const days =
  (path: string, fallback: number | undefined): Check =>
  (resource, { settings }) => {
    const value = resource.at(path);
    if (value.unknown) return [undecided(value)];
    const number = value.number ?? fallback;
    const least = settings.minimumLogDays;
    if (number === undefined || number <= 0 || number >= least) return [];
    return [violation(value, `logs are kept for ${number} days, less than ${least}`)];
  };

export const rule: Rule = {
  id: "log-retention-minimum",
  title: "Logs are kept long enough to look into an intrusion",
  severity: "medium",
  category: "log-retention",
  profile: "strict",
  why: "Intrusions are found weeks later; by then short-lived logs have lost their beginning.",
  fix: {
    aws: "Raise retentionInDays to settings.minimumLogDays.",
    azure: "Raise retentionInDays to settings.minimumLogDays.",
    gcp: "Raise retentionDays to settings.minimumLogDays.",
  },
  controls: { nist: ["AU-11", "SI-12"], cis: ["8.10"] },
  check: {
    "aws:cloudwatch/logGroup:LogGroup": days("retentionInDays", undefined),
    "azure-native:operationalinsights:Workspace": days("retentionInDays", 30),
    "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace": days("retentionInDays", 30),
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": days("retentionDays", 30),
  },
};
