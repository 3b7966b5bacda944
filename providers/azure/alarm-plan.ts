import { UnsupportedOption } from "../../components/errors";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsLinks, Signal } from "../../components/alarms";
import {
  failedExecutions,
  failedProbes,
  logLines,
  serverErrors,
  slowAnswers,
} from "./alarm-queries";
import { metricWindow, queryWindow, type Window } from "./alarm-windows";
import {
  azure,
  type EdgeAttachment,
  type JobAttachment,
  type PostgresAttachment,
  type RedisAttachment,
  type ServiceAttachment,
} from "./attachments";

/** An alert on a metric of one resource. */
export interface MetricPlan {
  readonly kind: "metric";
  readonly scope: pulumi.Output<string>;
  readonly namespace: string;
  readonly metric: string;
  readonly aggregation: "Average" | "Maximum" | "Total";
  readonly operator: "GreaterThan" | "GreaterThanOrEqual";
  readonly threshold: number;
  readonly window: Window;
}

/** An alert on the number of rows a question returns. */
export interface QueryPlan {
  readonly kind: "query";
  readonly scope: pulumi.Output<string>;
  readonly query: string;
  /** Rows from which it fires. */
  readonly rows: number;
  readonly window: Window;
}

const POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers";

type Of<Kind extends Signal["kind"]> = Extract<Signal, { kind: Kind }>;

/** How one signal is measured. A target that does not exist is a mistake in the description. */
export function planOf(name: string, signal: Signal, links: AlarmsLinks): MetricPlan | QueryPlan {
  switch (signal.kind) {
    case "server-errors":
      return onRequests(name, signal, links, (routes) =>
        serverErrors(routes, signal.abovePercent, signal.minCount),
      );
    case "latency":
      return onRequests(name, signal, links, (routes) => slowAnswers(routes, signal.aboveSeconds));
    case "unhealthy":
      return onService(name, signal, links, 5 * signal.forChecks, 1, (app) =>
        failedProbes(app, signal.forChecks),
      );
    case "log-pattern":
      return onService(name, signal, links, signal.withinMinutes, signal.count, (app) =>
        logLines(app, signal.pattern),
      );
    case "log-silence":
    case "certificate":
    case "host-disk":
    case "host-backup":
      throw new UnsupportedOption(
        "azure",
        `signals.${signal.kind}`,
        "it is not offered on this target yet",
      );
    case "restarts":
      return {
        kind: "metric",
        scope: serviceOf(name, signal.target, links).app.id,
        namespace: "Microsoft.App/containerApps",
        metric: "RestartCount",
        aggregation: "Maximum",
        operator: "GreaterThanOrEqual",
        threshold: signal.count,
        window: metricWindow(signal.withinMinutes),
      };
    case "postgres-cpu":
      return onPostgres(name, signal, links, "cpu_percent", signal.abovePercent, signal.forMinutes);
    case "postgres-storage":
      return onPostgres(name, signal, links, "storage_percent", 100 - signal.belowPercent, 15);
    case "postgres-connections": {
      const { maxConnections } = postgresOf(name, signal.target, links);
      const limit = Math.floor((maxConnections * signal.abovePercent) / 100);
      return onPostgres(name, signal, links, "active_connections", limit, 5);
    }
    case "redis-memory":
      return {
        kind: "metric",
        scope: azure<RedisAttachment>(found(name, signal.target, links.redis).attachment).cluster
          .id,
        namespace: "Microsoft.Cache/redisEnterprise",
        metric: "usedmemorypercentage",
        aggregation: "Maximum",
        operator: "GreaterThan",
        threshold: signal.abovePercent,
        window: metricWindow(signal.forMinutes),
      };
    case "job-failed": {
      const job = azure<JobAttachment>(found(name, signal.target, links.jobs).attachment);
      return {
        kind: "query",
        scope: job.workspace.id,
        query: failedExecutions(job.jobName),
        rows: 1,
        window: queryWindow(5),
      };
    }
  }
}

/** The edge's access log, cut to the routes of the target: the edge itself has all of them. */
function onRequests(
  name: string,
  signal: Of<"server-errors"> | Of<"latency">,
  { edge, services }: AlarmsLinks,
  query: (routes: readonly string[]) => string,
): QueryPlan {
  const attachment = edge && azure<EdgeAttachment>(edge.attachment);
  const isEdge = !(signal.target in services);
  const routes = attachment
    ? isEdge
      ? Object.values(attachment.routeNames).flat()
      : attachment.routeNames[signal.target]
    : undefined;
  if (!attachment || !routes) {
    throw new Error(
      `the alarm ${name} measures requests, which only the edge counts; ${signal.target} is not behind it`,
    );
  }
  return {
    kind: "query",
    scope: attachment.workspace.id,
    query: query(routes),
    rows: 1,
    window: queryWindow(signal.forMinutes),
  };
}

function onService(
  name: string,
  signal: Of<"unhealthy"> | Of<"log-pattern">,
  links: AlarmsLinks,
  minutes: number,
  rows: number,
  query: (app: string) => string,
): QueryPlan {
  const { appName, workspaceId } = serviceOf(name, signal.target, links);
  return {
    kind: "query",
    scope: workspaceId,
    query: query(appName),
    rows,
    window: queryWindow(minutes),
  };
}

function onPostgres(
  name: string,
  { target }: Signal,
  links: AlarmsLinks,
  metric: string,
  threshold: number,
  minutes: number,
): MetricPlan {
  return {
    kind: "metric",
    scope: postgresOf(name, target, links).server.id,
    namespace: POSTGRES,
    metric,
    aggregation: "Average",
    operator: "GreaterThan",
    threshold,
    window: metricWindow(minutes),
  };
}

const serviceOf = (name: string, target: string, { services }: AlarmsLinks): ServiceAttachment =>
  azure<ServiceAttachment>(found(name, target, services).attachment);

const postgresOf = (name: string, target: string, { postgres }: AlarmsLinks): PostgresAttachment =>
  azure<PostgresAttachment>(found(name, target, postgres).attachment);

function found<T>(name: string, target: string, known: Readonly<Record<string, T>>): T {
  const component = known[target];
  if (component === undefined) {
    const names = Object.keys(known).join(", ") || "none";
    throw new Error(
      `the alarm ${name} watches "${target}", which is not there; there are: ${names}`,
    );
  }
  return component;
}
