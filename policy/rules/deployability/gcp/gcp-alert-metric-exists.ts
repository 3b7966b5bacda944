import { ofEach } from "../../../lib/deployability/each";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { physicalName } from "../../../lib/deployability/values";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const ALERT = "gcp:monitoring/alertPolicy:AlertPolicy";
const METRIC = "gcp:logging/metric:Metric";
const KINDS = ["conditionThreshold", "conditionAbsent"];
const USER_METRIC = /logging\.googleapis\.com\/user\/([^"'\s]+)/;

export const rule = deployability({
  id: "gcp-alert-metric-exists",
  title: "An alert names a metric that exists, a resource, whole minutes and somebody to tell",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "404: Cannot find metric(s) that match type. If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon.",
  },
  fix: "Write metric.type and resource.type into the filter, depend on the logging.Metric (better on a delay behind it), use a duration of whole minutes and name notificationChannels.",
  source: "https://cloud.google.com/monitoring/api/v3/filters",
  check: {
    [ALERT]: (alert) => [...conditionsOf(alert).flatMap(checkCondition), ...checkChannels(alert)],
  },
  checkStack: ofEach([ALERT], (alert, graph): Report[] => {
    const metrics = graph.ofType(METRIC);
    const before = graph.closure(alert);
    return conditionsOf(alert).flatMap((condition): Report[] => {
      const filter = condition.at("filter");
      const name = USER_METRIC.exec(filter.text ?? "")?.[1];
      const metric = metrics.find((one) => name !== undefined && nameOf(one) === name);
      if (metric === undefined || before.has(metric)) return [];
      return [violation(filter, `nothing makes it wait for ${metric.name}, its metric`)];
    });
  }),
});

function conditionsOf(alert: Resource): Value[] {
  return KINDS.flatMap((kind) => valuesAt(alert.props, `conditions[].${kind}`)).filter(
    (condition) => condition.present,
  );
}

function nameOf(metric: Resource): string | undefined {
  const name = physicalName(metric);
  return name?.kind === "given" ? name.text : undefined;
}

function checkCondition(condition: Value): Report[] {
  const filter = condition.at("filter");
  const reports: Report[] = [];
  if (filter.unknown && !/metric\.type/.test(`${filter.prefix} ${filter.suffix}`))
    reports.push(undecided(filter));
  else if (filter.text !== undefined)
    for (const word of ["metric", "resource"])
      if (!new RegExp(`${word}\\.type\\s*=`).test(filter.text))
        reports.push({
          ...violation(filter, `the filter names no ${word}.type`),
          answer: `400: must specify a restriction on "${word}.type" in the filter.`,
        });
  return [...reports, ...checkPeriods(condition)];
}

function checkPeriods(condition: Value): Report[] {
  const duration = condition.at("duration");
  const periods = valuesAt(condition, "aggregations[].alignmentPeriod");
  const seconds = (value: Value): number => Number.parseFloat(value.text ?? "");
  const reports: Report[] = [];
  if (duration.unknown) reports.push(undecided(duration));
  else if (seconds(duration) % 60 > 0)
    reports.push({
      ...violation(duration, `duration ${duration.text} is no multiple of 60s`),
      answer: "400: duration must be a multiple of 60 seconds.",
    });
  const short = periods.find((period) => seconds(period) < 60);
  if (short !== undefined)
    reports.push({
      ...violation(short, `alignmentPeriod ${short.text} is shorter than 60s`),
      answer: "400: alignmentPeriod must be at least 60s.",
    });
  return reports;
}

function checkChannels(alert: Resource): Report[] {
  const channels = alert.at("notificationChannels");
  return channels.present && channels.each.length > 0
    ? []
    : [
        {
          ...violation(channels, "no notificationChannels are named"),
          answer: "the alert is created, and nobody is told when it fires.",
        },
      ];
}
