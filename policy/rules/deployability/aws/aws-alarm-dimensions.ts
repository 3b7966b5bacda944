import { ALARM } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import {
  METRIC_DIMENSIONS,
  type Dimension,
} from "../../../lib/deployability/aws/metric-dimensions";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import { Unknown } from "../../../lib/value/unknown";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-alarm-dimensions",
  title: "An alarm names what it watches as the metric does",
  fails: {
    when: "runtime",
    effect: "silent",
    answer: "The alarm is made and stays INSUFFICIENT_DATA for ever.",
  },
  fix: "Use the output the metric is published under: identifier of an RDS instance, arnSuffix of load balancers and target groups, names of ECS clusters and services, a member cluster of a cache.",
  source:
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
  check: { [ALARM]: checkPeriod },
  checkStack: {
    types: [ALARM],
    run: (graph) =>
      graph.ofType(ALARM).flatMap((alarm) =>
        about(
          alarm,
          metricsOf(alarm).flatMap((metric) => checkMetric(graph, alarm, metric)),
        ),
      ),
  },
});

/** An alarm's own metric, and those its expressions are made of. */
function metricsOf(alarm: Resource): Value[] {
  const queries = alarm.at("metricQueries").items.map((query) => query.at("metric"));
  return [alarm.props, ...queries].filter((metric) => metric.at("metricName").present);
}

function checkPeriod(alarm: Resource): Report[] {
  return metricsOf(alarm).flatMap((metric) => {
    const period = metric.at("period");
    if (period.unknown) return [undecided(period)];
    const seconds = period.number;
    if (seconds === undefined || [10, 20, 30].includes(seconds)) return [];
    if (seconds >= 60 && seconds % 60 === 0) return [];
    return [
      {
        ...violation(period, `a period of ${seconds} seconds is not on offer`),
        answer: "expected period to be one of [10 20 30] or a multiple of 60",
      },
    ];
  });
}

function checkMetric(graph: Graph, alarm: Resource, metric: Value): Report[] {
  const table = METRIC_DIMENSIONS[metric.at("namespace").text ?? ""];
  const dimensions = metric.at("dimensions");
  if (table === undefined || dimensions.unknown) return [];
  const given = dimensions.entries;
  const known = given.filter(([name]) => Object.hasOwn(table.dimensions, name));
  const absent = table.required.filter((name) => !dimensions.at(name).present);
  const reports = known.flatMap(([name, value]) =>
    checkDimension(graph, alarm, value, name, table.dimensions[name] as Dimension),
  );
  if (known.length === 0 || (absent.length > 0 && given.length > 0 && !table.partial)) {
    const wanted = table.required.join(", ");
    const other = given.map(([name]) => name).join(", ") || "none";
    reports.push(
      violation(
        dimensions,
        `metrics of ${metric.at("namespace").text} have the dimensions ${wanted}, given are ${other}`,
      ),
    );
  }
  return reports;
}

function checkDimension(
  graph: Graph,
  alarm: Resource,
  value: Value,
  name: string,
  { outputs, not }: Dimension,
): Report[] {
  const { raw, text } = value;
  const types = Object.keys(outputs);
  if (text !== undefined) {
    if (not?.test(text) === true)
      return [violation(value, `${name} is "${text}", which is not how the metric names it`)];
    return [];
  }
  if (!(raw instanceof Unknown)) return [];
  for (const { resource: reference, output } of raw.references) {
    const target = graph.find(reference);
    if (target === undefined || output === "") continue;
    const allowed = outputs[target.type];
    if (allowed === undefined) continue;
    if (!allowed.some((one) => output === one || output.startsWith(`${one}[`)))
      return [
        violation(
          value,
          `${name} is ${target.name}.${output}, but the metric is published under ${allowed.join(" or ") || `another resource than ${target.type}`}`,
        ),
      ];
  }
  if (raw.references.length > 0) return [];
  const linked = graph.links(alarm, value, types);
  return linked.complete && linked.resources.length > 0 ? [] : [undecided(value)];
}
