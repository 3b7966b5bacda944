import * as pulumi from "@pulumi/pulumi";
import type { AlertPolicyArgs } from "@pulumi/gcp/monitoring";
import type { AlarmsBuilder, AlarmsLinks, AlarmsSpec, Signal } from "../../components/alarms";
import type { Attachment } from "../../components/attachment";
import type { BuildRequest } from "../../components/builder";
import {
  gcp,
  type HostAttachment,
  type JobAttachment,
  type ServiceAttachment,
  type StoreAttachment,
} from "./attachments";
import { backupAge, machineLog } from "./alarm-hosts";
import { certificateEnds } from "./alarm-certificate";
import { logMetric, queried, type LogMetric } from "./log-metric";
import { threshold } from "./threshold";

export const describeSignals: AlarmsBuilder["signals"] = {
  "server-errors":
    "Cloud Run request_count: share of 5xx and their number, both over the same window; for a host the load balancer's",
  latency:
    "Cloud Run request_latencies, 95th percentile over all revisions; for a host the load balancer's backend_latencies",
  unhealthy:
    "Cloud Run completed_probe_attempt_count: failed probes after the start, one check a minute; for a host the load balancer's log of health changes, which come after the check's own number of failures",
  restarts:
    "containers that exited with an error, were killed or failed their liveness probe, counted from the platform's log",
  "postgres-cpu": "Cloud SQL cpu/utilization",
  "postgres-storage": "Cloud SQL disk/utilization, of the size the disk has now",
  "postgres-connections": "Cloud SQL num_backends against the instance's max_connections",
  "redis-memory": "Memorystore memory/usage_ratio",
  "job-failed": "Cloud Run job/completed_execution_count with result failed",
  "log-pattern": "a log-based metric that counts the entries containing the text",
  "log-silence": "the same metric, when it has counted nothing for so long",
  certificate:
    "an uptime check per host name, which reports the days until its certificate ends; a private edge cannot be asked from outside, and is refused",
  "host-disk": "disk/percent_used of Google's agent on the machine",
  "host-backup":
    "the age that the machine writes to its log every hour, and its absence for three hours",
};

type Request = BuildRequest<AlarmsSpec, AlarmsLinks>;

export interface Conditions {
  readonly conditions: AlertPolicyArgs["conditions"];
  readonly combiner: "OR" | "AND";
  readonly dependsOn?: readonly pulumi.Resource[];
}

const RUN = "run.googleapis.com";
const BALANCER = "loadbalancing.googleapis.com/https";
const SQL = "cloudsql.googleapis.com/database";

/**
 * What an exited container writes to the platform's log. Exit code 0 and signal 15 are how a
 * container ends that is no longer needed.
 */
const RESTART =
  'log_id("run.googleapis.com/varlog/system") AND ' +
  '(textPayload=~"Container called exit\\([1-9]" OR ' +
  'textPayload=~"Container terminated on signal (6|9|11)" OR ' +
  'textPayload=~"LIVENESS .*probe failed")';

export function conditionsOf(request: Request, alarm: string, signal: Signal): Conditions {
  switch (signal.kind) {
    case "server-errors": {
      const { filter, requests: count } = answers(request, signal.target);
      const { failures } = answers(request, signal.target);
      const failed = filter([count, failures]);
      const window = signal.forMinutes;
      return {
        combiner: "AND",
        conditions: [
          threshold("share of 5xx", failed, signal.abovePercent / 100, {
            window,
            align: "ALIGN_RATE",
            reduce: "REDUCE_SUM",
            denominator: filter([count]),
          }),
          threshold("number of 5xx", failed, signal.minCount, {
            window,
            align: "ALIGN_DELTA",
            reduce: "REDUCE_SUM",
          }),
        ],
      };
    }
    case "latency": {
      const { filter, latencies: measured } = answers(request, signal.target);
      const latencies = filter([measured]);
      // Milliseconds.
      return one("95th percentile", latencies, signal.aboveSeconds * 1000, {
        align: "ALIGN_DELTA",
        reduce: "REDUCE_PERCENTILE_95",
        minutes: signal.forMinutes,
      });
    }
    case "unhealthy": {
      if (signal.target in request.links.hosts) {
        const { group } = host(request, signal.target);
        const changes = pulumi.interpolate`resource.type="gce_instance_group" AND resource.labels.instance_group_name="${group.name}" AND log_id("compute.googleapis.com/healthchecks") AND jsonPayload.healthCheckProbeResult.healthState="UNHEALTHY"`;
        return counted(request, alarm, changes, 1, 5, "gce_instance_group");
      }
      const { filter } = revision(request, signal.target);
      const probes = filter([
        `metric.type="${RUN}/container/completed_probe_attempt_count"`,
        "metric.labels.is_healthy=false",
        'metric.labels.probe_type!="STARTUP"',
      ]);
      return one("failed probes", probes, signal.forChecks - 1, {
        window: signal.forChecks,
        align: "ALIGN_DELTA",
        reduce: "REDUCE_SUM",
      });
    }
    case "log-silence": {
      const { series, metric } = lines(request, alarm, signal);
      // Nothing counted and nothing known are the same here.
      const query = pulumi.interpolate`(sum(increase(${series}[${signal.forMinutes}m])) or vector(0)) < 1`;
      return queried("no such line", query, [metric]);
    }
    case "certificate":
      return certificateEnds(request, signal.belowDays);
    case "host-disk": {
      const { instanceId } = host(request, signal.target);
      const used = pulumi.interpolate`resource.type="gce_instance" AND resource.labels.instance_id="${instanceId}" AND metric.type="agent.googleapis.com/disk/percent_used" AND metric.labels.state="used"`;
      return one("used space", used, signal.abovePercent, {
        align: "ALIGN_MEAN",
        reduce: "REDUCE_MAX",
        minutes: 5,
      });
    }
    case "host-backup":
      return backupAge(request, alarm, host(request, signal.target), signal.aboveHours);
    case "restarts": {
      const { serviceName } = service(request, signal.target);
      const entries = pulumi.interpolate`${logOf(serviceName)} AND ${RESTART}`;
      return counted(request, alarm, entries, signal.count, signal.withinMinutes);
    }
    case "log-pattern": {
      const { series, metric } = lines(request, alarm, signal);
      return queried("log entries", atLeast(series, signal.count, signal.withinMinutes), [metric]);
    }
    case "postgres-cpu":
      return one(
        "cpu",
        database(request, signal.target, "cpu/utilization"),
        signal.abovePercent / 100,
        {
          align: "ALIGN_MEAN",
          minutes: signal.forMinutes,
        },
      );
    case "postgres-storage": {
      const used = 1 - signal.belowPercent / 100;
      return one("disk", database(request, signal.target, "disk/utilization"), used, {
        align: "ALIGN_MEAN",
        minutes: 5,
      });
    }
    case "postgres-connections": {
      const { maxConnections = 100 } = store(request.links.postgres, signal.target);
      const filter = database(request, signal.target, "postgresql/num_backends");
      return one("connections", filter, (maxConnections * signal.abovePercent) / 100, {
        align: "ALIGN_MEAN",
        reduce: "REDUCE_SUM",
        minutes: 5,
      });
    }
    case "redis-memory": {
      const { metricId } = store(request.links.redis, signal.target);
      const filter = pulumi.interpolate`resource.type="redis_instance" AND resource.labels.instance_id="${metricId}" AND metric.type="redis.googleapis.com/stats/memory/usage_ratio"`;
      return one("memory", filter, signal.abovePercent / 100, {
        align: "ALIGN_MEAN",
        reduce: "REDUCE_MAX",
        minutes: signal.forMinutes,
      });
    }
    case "job-failed": {
      const job = gcp<JobAttachment>(target(request.links.jobs, signal.target).attachment);
      const filter = `resource.type="cloud_run_job" AND resource.labels.job_name=starts_with("${job.namePrefix}") AND metric.type="${RUN}/job/completed_execution_count" AND metric.labels.result="failed"`;
      return one("failed executions", pulumi.output(filter), 0, {
        align: "ALIGN_DELTA",
        reduce: "REDUCE_SUM",
      });
    }
  }
}

const one = (...args: Parameters<typeof threshold>): Conditions => ({
  combiner: "OR",
  conditions: [threshold(...args)],
});

/** More than so many log entries. */
function counted(
  request: Request,
  alarm: string,
  filter: pulumi.Output<string>,
  count: number,
  withinMinutes: number,
  resource = "cloud_run_revision",
): Conditions {
  const { series, metric } = logMetric(request, alarm, filter, resource);
  return queried("log entries", atLeast(series, count, withinMinutes), [metric]);
}

const atLeast = (series: pulumi.Output<string>, count: number, minutes: number) =>
  pulumi.interpolate`sum(increase(${series}[${minutes}m])) >= ${count}`;

/** The lines of a service or a host that contain a text. */
function lines(
  request: Request,
  alarm: string,
  { target: name, pattern }: { readonly target: string; readonly pattern: string },
): LogMetric {
  const onHost = name in request.links.hosts;
  const log = onHost ? machineLog(host(request, name)) : logOf(service(request, name).serviceName);
  const entries = pulumi.interpolate`${log} AND ${JSON.stringify(pattern)}`;
  return logMetric(request, alarm, entries, onHost ? "gce_instance" : "cloud_run_revision");
}

const service = ({ links }: Request, name: string): ServiceAttachment =>
  gcp<ServiceAttachment>(target(links.services, name).attachment);

function revision(
  request: Request,
  name: string,
): { filter: (parts: readonly string[]) => pulumi.Output<string> } {
  const { serviceName } = service(request, name);
  const base = pulumi.interpolate`resource.type="cloud_run_revision" AND resource.labels.service_name="${serviceName}"`;
  return { filter: (parts) => pulumi.interpolate`${base} AND ${parts.join(" AND ")}` };
}

const logOf = (serviceName: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.interpolate`resource.type="cloud_run_revision" AND resource.labels.service_name="${serviceName}"`;

const store = (
  stores: Readonly<Record<string, { readonly attachment: Attachment }>>,
  name: string,
): StoreAttachment => gcp<StoreAttachment>(target(stores, name).attachment);

function database(request: Request, name: string, metric: string): pulumi.Output<string> {
  const { metricId } = store(request.links.postgres, name);
  return pulumi.interpolate`resource.type="cloudsql_database" AND resource.labels.database_id="${metricId}" AND metric.type="${SQL}/${metric}"`;
}

/** How requests are counted: by Cloud Run itself, or by the load balancer in front of a host. */
function answers(request: Request, name: string) {
  if (name in request.links.hosts) {
    const { group } = host(request, name);
    const base = pulumi.interpolate`resource.type="https_lb_rule" AND resource.labels.backend_name="${group.name}"`;
    return {
      filter: (parts: readonly string[]) => pulumi.interpolate`${base} AND ${parts.join(" AND ")}`,
      requests: `metric.type="${BALANCER}/request_count"`,
      failures: "metric.labels.response_code_class=500",
      latencies: `metric.type="${BALANCER}/backend_latencies"`,
    };
  }
  return {
    ...revision(request, name),
    requests: `metric.type="${RUN}/request_count"`,
    failures: 'metric.labels.response_code_class="5xx"',
    latencies: `metric.type="${RUN}/request_latencies"`,
  };
}

const host = ({ links }: Request, name: string): HostAttachment =>
  gcp<HostAttachment>(target(links.hosts, name).attachment);

function target<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const found = entries[name];
  if (!found) throw new Error(`there is nothing called "${name}" to watch`);
  return found;
}
