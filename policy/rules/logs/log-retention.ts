import { undecided, violation, type Check, type Rule } from "../../lib/rule";

/** Absent and 0 mean for ever, which is no decision: cost and personal data grow without end. */
const decided =
  (path: string, absent: "passes" | "violates"): Check =>
  (resource) => {
    const value = resource.at(path);
    if (value.unknown) return [undecided(value)];
    if (value.absent && absent === "passes") return [];
    return (value.number ?? 0) > 0
      ? []
      : [violation(value, "the retention of the logs is not decided")];
  };

export const rule: Rule = {
  id: "log-retention",
  title: "Logs are kept for a time that was decided",
  severity: "medium",
  category: "log-retention",
  profile: "baseline",
  why: "Without an end, cost and personal data pile up, and nobody can say how far back the traces reach.",
  fix: {
    aws: "Set retentionInDays.",
    azure: "Set retentionInDays of the workspace.",
    gcp: "Set retentionDays of the log bucket.",
  },
  controls: { nist: ["AU-11", "SI-12"], cis: ["8.10"] },
  check: {
    "aws:cloudwatch/logGroup:LogGroup": decided("retentionInDays", "violates"),
    "azure-native:operationalinsights:Workspace": decided("retentionInDays", "passes"),
    "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace": decided(
      "retentionInDays",
      "passes",
    ),
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": decided("retentionDays", "passes"),
  },
};
