import { Dashboard } from "@pulumi/aws/cloudwatch/dashboard";
import * as pulumi from "@pulumi/pulumi";
import type { Query, Watch } from "./alarm-metrics";
import { physicalName, type Scope } from "./scope";

const WIDTH = 8;
const HEIGHT = 6;
const PER_ROW = 3;

/** One page: the state of all alarms, and below it a chart per alarm with its threshold. */
export function dashboard(scope: Scope, watches: Readonly<Record<string, Watch>>): void {
  const { environment, region } = scope;
  const names = Object.keys(watches);
  const status = {
    type: "alarm",
    x: 0,
    y: 0,
    width: WIDTH * PER_ROW,
    height: 3,
    properties: {
      title: "Alarms",
      alarms: names.map((name) =>
        scope.arn("cloudwatch", `alarm:${physicalName(environment, name, 255)}`),
      ),
    },
  };
  const charts = names.map((name, index) => {
    const watch = watches[name] as Watch;
    return {
      type: "metric",
      x: (index % PER_ROW) * WIDTH,
      y: 3 + Math.floor(index / PER_ROW) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title: name,
        region,
        view: "timeSeries",
        period: watch.periodSeconds,
        metrics: watch.queries.map((query) => line(query, watch)),
        annotations: { horizontal: [{ label: "Alarm", value: watch.threshold }] },
      },
    };
  });
  new Dashboard(
    `${scope.name}-dashboard`,
    {
      dashboardName: physicalName(environment, "dashboard", 255),
      dashboardBody: pulumi.jsonStringify({ widgets: [status, ...charts] }),
    },
    scope.child,
  );
}

/** Metrics that an expression is made of are needed in the chart, but only the result is shown. */
function line(query: Query, { queries }: Watch): unknown[] {
  const visible = query === queries.at(-1);
  if (!query.metric) return [{ id: query.id, expression: query.expression, visible }];
  const { namespace, name, statistic, dimensions } = query.metric;
  const flat = Object.entries(dimensions).flat();
  return [namespace, name, ...flat, { id: query.id, stat: statistic, visible }];
}
