import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsLinks, Signal } from "../../components/alarms";
import {
  failedExecutions,
  failedProbes,
  fullDisks,
  hostLines,
  logLines,
  serverErrors,
  silence,
  slowAnswers,
} from "./alarm-queries";
import { metricWindow, queryWindow, type Window } from "./alarm-windows";
import {
  azure,
  type EdgeAttachment,
  type HostAttachment,
  type JobAttachment,
  type PostgresAttachment,
  type RedisAttachment,
  type ServiceAttachment,
} from "./attachments";
import { BACKUP_DONE, BACKUP_PROGRAM } from "./host-backup";

/** An alert on a metric of one resource. */
export interface MetricPlan {
  readonly kind: "metric";
  readonly scope: pulumi.Output<string>;
  readonly namespace: string;
  readonly metric: string;
  readonly aggregation: "Average" | "Maximum" | "Total";
  readonly operator: "GreaterThan" | "GreaterThanOrEqual";
  readonly threshold: number;
  /** Splits the metric: only this value of the dimension is watched. */
  readonly dimension?: { readonly name: string; readonly value: string };
  readonly window: Window;
}

/** An alert on what is left of a certificate's time, seen from outside. */
export interface CertificatePlan {
  readonly kind: "certificate";
  readonly hosts: readonly string[];
  readonly workspaceId: pulumi.Output<string>;
  readonly days: number;
}

/** An alert on the number of rows a question returns. */
export interface QueryPlan {
  readonly kind: "query";
  readonly scope: pulumi.Output<string>;
  readonly query: string;
  /** Rows from which it fires. */
  readonly rows: number;
  readonly window: Window;
  /** How far the question looks back, where that is longer than the window. */
  readonly lookBack?: string;
}

export type Plan = MetricPlan | QueryPlan | CertificatePlan;

const POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers";

type Of<Kind extends Signal["kind"]> = Extract<Signal, { kind: Kind }>;

/** How one signal is measured. A target that does not exist is a mistake in the description. */
export function planOf(name: string, signal: Signal, links: AlarmsLinks): Plan {
  switch (signal.kind) {
    case "server-errors":
      return onRequests(name, signal, links, (requests) =>
        serverErrors(requests, signal.abovePercent, signal.minCount),
      );
    case "latency":
      return onRequests(name, signal, links, (requests) =>
        slowAnswers(requests, signal.aboveSeconds),
      );
    case "unhealthy":
      if (signal.target in links.hosts) return unhealthyHost(name, signal, links);
      return onLines(name, signal.target, links, 5 * signal.forChecks, 1, ({ app }) =>
        failedProbes(app ?? "", signal.forChecks),
      );
    case "log-pattern":
      return onLines(name, signal.target, links, signal.withinMinutes, signal.count, (source) =>
        linesOf(source, signal.pattern),
      );
    case "log-silence":
      return onLines(name, signal.target, links, signal.forMinutes, 1, (source) =>
        silence(linesOf(source, signal.pattern), signal.forMinutes),
      );
    case "certificate":
      return certificatePlan(name, signal, links);
    case "host-disk":
      return onLines(name, signal.target, links, 15, 1, ({ computer }) =>
        fullDisks(computer ?? "", signal.abovePercent),
      );
    case "host-backup":
      return {
        ...onLines(name, signal.target, links, 60, 1, ({ computer }) =>
          silence(hostLines(computer ?? "", BACKUP_PROGRAM, BACKUP_DONE), signal.aboveHours * 60),
        ),
        lookBack: "P2D",
      };
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

/** The edge's access log, cut to the target: the edge itself has all of it. */
function onRequests(
  name: string,
  signal: Of<"server-errors"> | Of<"latency">,
  links: AlarmsLinks,
  query: (requests: string) => string,
): QueryPlan {
  const edge = links.edge && azure<EdgeAttachment>(links.edge.attachment);
  if (!edge || !(signal.target in edge.backends)) {
    throw new Error(
      `the alarm ${name} measures requests, which only the edge counts; ${signal.target} is not behind it`,
    );
  }
  return {
    kind: "query",
    scope: edge.workspace.id,
    query: query(edge.requests([signal.target])),
    rows: 1,
    window: queryWindow(signal.forMinutes),
  };
}

/** Where the lines of a target are: an app of the environment, or a Docker host. */
interface LogSource {
  readonly app?: string;
  readonly computer?: string;
}

const linesOf = ({ app, computer }: LogSource, pattern: string): string =>
  computer === undefined ? logLines(app ?? "", pattern) : hostLines(computer, undefined, pattern);

function onLines(
  name: string,
  target: string,
  links: AlarmsLinks,
  minutes: number,
  rows: number,
  query: (source: LogSource) => string,
): QueryPlan {
  const host = links.hosts[target];
  const window = queryWindow(minutes);
  if (host) {
    const { computer, workspace } = azure<HostAttachment>(host.attachment);
    return { kind: "query", scope: workspace.id, query: query({ computer }), rows, window };
  }
  const { appName, workspaceId } = serviceOf(name, target, links);
  return { kind: "query", scope: workspaceId, query: query({ app: appName }), rows, window };
}

/** The gateway in front of a Docker host asks after its health, and counts those that do not answer. */
function unhealthyHost(
  name: string,
  { target, forChecks }: Of<"unhealthy">,
  { edge }: AlarmsLinks,
): MetricPlan {
  const attachment = edge && azure<EdgeAttachment>(edge.attachment);
  const backend = attachment?.backends[target];
  if (!attachment || attachment.kind !== "gateway" || !backend) {
    throw new Error(`the alarm ${name} needs an edge that asks after the health of ${target}`);
  }
  const seconds = forChecks * backend.health.intervalSeconds;
  return {
    kind: "metric",
    scope: attachment.gateway.id,
    namespace: "Microsoft.Network/applicationGateways",
    metric: "UnhealthyHostCount",
    aggregation: "Average",
    operator: "GreaterThan",
    threshold: 0,
    dimension: { name: "BackendSettingsPool", value: `${target}~${target}` },
    window: metricWindow(Math.ceil(seconds / 60)),
  };
}

function certificatePlan(
  name: string,
  { belowDays }: Of<"certificate">,
  { edge }: AlarmsLinks,
): CertificatePlan {
  if (!edge) throw new Error(`the alarm ${name} has no edge to watch`);
  const { hosts, workspace } = azure<EdgeAttachment>(edge.attachment);
  return { kind: "certificate", hosts, workspaceId: workspace.id, days: belowDays };
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
