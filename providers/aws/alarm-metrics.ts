import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsBuilder, AlarmsLinks, Signal } from "../../components/alarms";
import { attachmentOf } from "../../components/attachment";
import { certificate, hostBackup, hostDisk } from "./alarm-hosts";
import type {
  BackendAttachment,
  JobAttachment,
  PostgresAttachment,
  RedisAttachment,
  ServiceAttachment,
} from "./attachments";

/** One metric, or the result of an expression over others, as CloudWatch numbers them. */
export interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: {
    readonly namespace: string;
    readonly name: string;
    readonly statistic: string;
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  };
}

/** What an alarm compares: the last query, over some periods. */
export interface Watch {
  readonly queries: readonly Query[];
  readonly comparison:
    "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly periods: number;
  /** What no data means. Default: good news. `ignore` keeps the alarm as it is. */
  readonly missing?: "breaching" | "ignore";
}

/** Signals whose metric is made by resources of our own: see `alarm-events.ts`. */
export type EventSignal = Extract<Signal, { kind: "restarts" | "log-pattern" | "log-silence" }>;
export type MetricSignal = Exclude<Signal, EventSignal>;

export const SIGNALS: AlarmsBuilder["signals"] = {
  "server-errors": "5xx of the targets as a share of requests, both target groups together",
  latency: "p95 of TargetResponseTime, the slower of the two target groups",
  unhealthy: "UnHealthyHostCount of the target groups, or no healthy host in either",
  restarts: "tasks that ended by themselves, counted by an EventBridge rule",
  "postgres-cpu": "CPUUtilization of the instance",
  "postgres-storage": "FreeStorageSpace against the allocated size",
  "postgres-connections": "DatabaseConnections against max_connections",
  "redis-memory": "DatabaseMemoryUsagePercentage of the fullest node",
  "job-failed": "errors of the function that runs the task",
  "log-pattern": "metric filter on the service's log group",
  "log-silence": "the same; no data is the alarm",
  certificate: "DaysToExpiry of the ACM certificate, also of one that was given",
  "host-disk": "disk_used_percent of the CloudWatch agent, the fuller of root and data disk",
  "host-backup": "a metric that the backup puts when its copy is stored; hours without are counted",
};

/** How each signal is measured; `namespace` holds the stack's own metrics. */
export function watchOf(signal: MetricSignal, links: AlarmsLinks, namespace: string): Watch {
  switch (signal.kind) {
    case "server-errors":
      return serverErrors(signal, backend(links, signal.target));
    case "latency":
      return {
        ...overTargets(backend(links, signal.target), "TargetResponseTime", "p95", "MAX"),
        ...over(60, signal.forMinutes),
        comparison: "GreaterThanThreshold",
        threshold: signal.aboveSeconds,
      };
    case "unhealthy":
      return unhealthy(signal, backend(links, signal.target));
    case "postgres-cpu":
      return {
        ...database(links, signal.target, "CPUUtilization", "Average"),
        ...over(60, signal.forMinutes),
        comparison: "GreaterThanThreshold",
        threshold: signal.abovePercent,
      };
    case "postgres-storage": {
      const { allocatedGiB } = postgres(links, signal.target);
      return {
        ...database(links, signal.target, "FreeStorageSpace", "Minimum"),
        ...over(300, 2),
        comparison: "LessThanThreshold",
        threshold: (allocatedGiB * 1024 ** 3 * signal.belowPercent) / 100,
      };
    }
    case "postgres-connections": {
      const { maxConnections } = postgres(links, signal.target);
      return {
        ...database(links, signal.target, "DatabaseConnections", "Maximum"),
        ...over(60, 5),
        comparison: "GreaterThanThreshold",
        threshold: Math.floor((maxConnections * signal.abovePercent) / 100),
      };
    }
    case "redis-memory":
      return redisMemory(signal, links);
    case "job-failed":
      return {
        queries: [lambdaErrors(job(links, signal.target).functionName)],
        ...over(60, 1),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
      };
    case "certificate":
      return certificate(signal, links);
    case "host-disk":
      return hostDisk(signal, links, namespace);
    case "host-backup":
      return hostBackup(signal, links, namespace);
  }
}

const over = (periodSeconds: number, periods: number) => ({ periodSeconds, periods });

const lambdaErrors = (functionName: string): Query => ({
  id: "errors",
  metric: {
    namespace: "AWS/Lambda",
    name: "Errors",
    statistic: "Sum",
    dimensions: { FunctionName: functionName },
  },
});

/** ECS swaps the two target groups of a slot at every deployment, so both are watched as one. */
function overTargets(
  { targets }: BackendAttachment,
  name: string,
  statistic: string,
  join: "MAX" | "SUM",
  prefix = "m",
): { queries: Query[] } {
  if (targets.length === 0) {
    throw new Error("answers are measured at the edge on aws, and a target is not behind it");
  }
  const metrics = targets
    .flatMap(({ groups, loadBalancer }) => groups.map((group) => ({ group, loadBalancer })))
    .map(({ group, loadBalancer }, index): Query => ({
      id: `${prefix}${index}`,
      metric: {
        namespace: "AWS/ApplicationELB",
        name,
        statistic,
        dimensions: { LoadBalancer: loadBalancer, TargetGroup: group.arnSuffix },
      },
    }));
  const ids = metrics.map(({ id }) => `FILL(${id}, 0)`).join(", ");
  return { queries: [...metrics, { id: `${prefix}all`, expression: `${join}([${ids}])` }] };
}

/** A service without any healthy replica has no unhealthy one either, once they are all gone. */
function unhealthy(
  { forChecks }: Extract<Signal, { kind: "unhealthy" }>,
  target: BackendAttachment,
): Watch {
  const sick = overTargets(target, "UnHealthyHostCount", "Maximum", "MAX", "u");
  const well = overTargets(target, "HealthyHostCount", "Minimum", "SUM", "h");
  const seconds = forChecks * target.healthIntervalSeconds;
  return {
    queries: [
      ...sick.queries,
      ...well.queries,
      { id: "failing", expression: "IF(hall < 1, 1, uall)" },
    ],
    ...over(60, Math.max(1, Math.ceil(seconds / 60))),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
  };
}

function serverErrors(
  signal: Extract<Signal, { kind: "server-errors" }>,
  target: BackendAttachment,
): Watch {
  const errors = overTargets(target, "HTTPCode_Target_5XX_Count", "Sum", "SUM", "e");
  const requests = overTargets(target, "RequestCount", "Sum", "SUM", "r");
  return {
    queries: [
      ...errors.queries,
      ...requests.queries,
      {
        id: "share",
        expression: `IF(eall >= ${signal.minCount} AND rall > 0, 100 * eall / rall, 0)`,
      },
    ],
    // One period: the least count belongs to the whole time, not to each minute.
    ...over(signal.forMinutes * 60, 1),
    comparison: "GreaterThanThreshold",
    threshold: signal.abovePercent,
  };
}

function redisMemory(signal: Extract<Signal, { kind: "redis-memory" }>, links: AlarmsLinks): Watch {
  const redis = known(links.redis, signal.target, "cache");
  const { nodes } = attachmentOf<RedisAttachment>(redis.attachment, "aws");
  const metrics = nodes.map((node, index): Query => ({
    id: `m${index}`,
    metric: {
      namespace: "AWS/ElastiCache",
      name: "DatabaseMemoryUsagePercentage",
      statistic: "Maximum",
      dimensions: { CacheClusterId: node },
    },
  }));
  const ids = metrics.map(({ id }) => id).join(", ");
  return {
    queries: [...metrics, { id: "fullest", expression: `MAX([${ids}])` }],
    ...over(60, signal.forMinutes),
    comparison: "GreaterThanThreshold",
    threshold: signal.abovePercent,
  };
}

function database(
  links: AlarmsLinks,
  target: string,
  name: string,
  statistic: string,
): { queries: Query[] } {
  const dimensions = { DBInstanceIdentifier: postgres(links, target).identifier };
  return {
    queries: [{ id: "m", metric: { namespace: "AWS/RDS", name, statistic, dimensions } }],
  };
}

export function backend(links: AlarmsLinks, target: string): BackendAttachment {
  const { attachment } = known({ ...links.services, ...links.hosts }, target, "service or host");
  return attachmentOf<BackendAttachment>(attachment, "aws");
}

export function service(links: AlarmsLinks, target: string): ServiceAttachment {
  const { attachment } = known(links.services, target, "service");
  return attachmentOf<ServiceAttachment>(attachment, "aws");
}

const postgres = (links: AlarmsLinks, target: string): PostgresAttachment =>
  attachmentOf<PostgresAttachment>(known(links.postgres, target, "database").attachment, "aws");

const job = (links: AlarmsLinks, target: string): JobAttachment =>
  attachmentOf<JobAttachment>(known(links.jobs, target, "job").attachment, "aws");

function known<T>(record: Readonly<Record<string, T>>, target: string, kind: string): T {
  const found = record[target];
  if (!found) throw new Error(`an alarm watches "${target}", which is no ${kind} of this stack`);
  return found;
}
