import * as pulumi from "@pulumi/pulumi";
import { Metric, type MetricArgs } from "@pulumi/gcp/logging";
import type { Conditions } from "./alarm-conditions";
import { foundation } from "./foundation";
import { stackName } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

export interface LogMetric {
  readonly metric: Metric;
  /** As PromQL names it. */
  readonly series: pulumi.Output<string>;
}

/** Log entries, counted; or a number out of them, with an extractor. */
export function logMetric(
  { name, parent, environment }: Scope,
  alarm: string,
  filter: pulumi.Output<string>,
  resource: string,
  valueExtractor?: string,
): LogMetric {
  const { apis } = foundation({ name, parent, environment });
  const counter: MetricArgs["metricDescriptor"] = {
    metricKind: "DELTA",
    valueType: valueExtractor === undefined ? "INT64" : "DISTRIBUTION",
    unit: "1",
  };
  const metric = new Metric(
    `${name}-${alarm}-metric`,
    {
      project: settings().project,
      // PromQL names have no dashes.
      name: stackName(alarm, environment, 100).replace(/-/g, "_"),
      filter,
      metricDescriptor: counter,
      ...(valueExtractor === undefined
        ? {}
        : {
            valueExtractor,
            // One bucket per whole number: the usual ones double in width.
            bucketOptions: { linearBuckets: { numFiniteBuckets: 200, width: 1, offset: 0 } },
          }),
    },
    { parent, dependsOn: [apis.logging] },
  );
  const series = pulumi.interpolate`logging_googleapis_com:user_${metric.name}{monitored_resource="${resource}"}`;
  return { metric, series };
}

/** A condition in PromQL, which can be told not to ask whether a new metric exists. */
export function queried(
  displayName: string,
  query: pulumi.Output<string>,
  dependsOn: readonly pulumi.Resource[],
): Conditions {
  return {
    combiner: "OR",
    dependsOn,
    conditions: [
      {
        displayName,
        conditionPrometheusQueryLanguage: {
          query,
          duration: "0s",
          evaluationInterval: "60s",
          // A metric is known to Monitoring only some minutes after it was made.
          disableMetricValidation: true,
        },
      },
    ],
  };
}
