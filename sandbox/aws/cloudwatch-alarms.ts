import type { Failure, TypeTable } from "../lib/table";
import { UNKNOWN } from "../lib/values";
import type { Plain } from "../lib/values";

const ARN = "arn:{partition}:cloudwatch:{region}:{account}";
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"];

export const alarmTypes: Record<string, TypeTable> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: { property: "name", max: 255 },
    defaults: { actionsEnabled: true, treatMissingData: "missing" },
    outputs: { arn: `${ARN}:alarm:{name}`, evaluateLowSampleCountPercentiles: "" },
    sets: [...ACTIONS, "metricQueries"],
    validate: badAlarm,
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    id: "{in.alarmName}",
    defaults: { actionsEnabled: true },
    outputs: { arn: `${ARN}:alarm:{in.alarmName}` },
    replaceOn: ["alarmName"],
    sets: ACTIONS,
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: "{in.dashboardName}",
    outputs: {
      dashboardArn: "arn:{partition}:cloudwatch::{account}:dashboard/{in.dashboardName}",
    },
    replaceOn: ["dashboardName"],
    json: ["dashboardBody"],
    validate: badDashboard,
  },
  "aws:cloudwatch/metricStream:MetricStream": {
    name: { property: "name", prefixProperty: "namePrefix", max: 255 },
    outputs: { arn: `${ARN}:metric-stream/{name}`, state: "running" },
    sets: ["includeFilters", "excludeFilters"],
  },
};

const COMPARISONS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];

function badAlarm(inputs: Plain): Failure[] {
  const { metricName, metricQueries, comparisonOperator, period, evaluationPeriods } = inputs;
  const failures: Failure[] = [];
  if (metricName === undefined && metricQueries === undefined) {
    failures.push({
      property: "metricName",
      reason: "One of `metric_name` or `metric_query` must be set for a cloudwatch metric alarm",
    });
  }
  if (comparisonOperator !== UNKNOWN && !COMPARISONS.includes(String(comparisonOperator))) {
    failures.push({
      property: "comparisonOperator",
      reason: `expected comparison_operator to be one of [${COMPARISONS.join(" ")}]`,
    });
  }
  if (typeof period === "number" && ![10, 20, 30].includes(period) && period % 60 !== 0) {
    failures.push({
      property: "period",
      reason: `a period is 10, 20, 30 or a multiple of 60, not ${period}`,
    });
  }
  const span = Number(period ?? 0) * Number(evaluationPeriods);
  if (typeof period === "number" && span > (period >= 3600 ? 604_800 : 86_400)) {
    failures.push({
      property: "evaluationPeriods",
      reason: "ValidationError: Metrics cannot be checked across more than a day",
    });
  }
  return failures;
}

function badDashboard({ dashboardBody }: Plain): Failure[] {
  if (typeof dashboardBody !== "string") return [];
  try {
    JSON.parse(dashboardBody);
    return [];
  } catch {
    return [{ property: "dashboardBody", reason: "contains an invalid JSON" }];
  }
}
