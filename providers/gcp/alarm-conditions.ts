import { UnsupportedOption } from "../../components/errors";
import * as pulumi from "@pulumi/pulumi";
import { Metric } from "@pulumi/gcp/logging";
import type { AlertPolicyArgs } from "@pulumi/gcp/monitoring";
import type { AlarmsBuilder, AlarmsLinks, AlarmsSpec, Signal } from "../../components/alarms";
import type { Attachment } from "../../components/attachment";
import type { BuildRequest } from "../../components/builder";
import {
  gcp,
  type JobAttachment,
  type ServiceAttachment,
  type StoreAttachment,
} from "./attachments";
import { foundation } from "./foundation";
import { stackName } from "./names";
import { settings } from "./settings";
import { threshold } from "./threshold";

export const describeSignals: AlarmsBuilder["signals"] = {
  "server-errors":
    "Cloud Run request_count: share of 5xx and their number, both over the same window",
  latency: "Cloud Run request_latencies, 95th percentile over all revisions",
  unhealthy:
    "Cloud Run completed_probe_attempt_count: failed probes after the start, one check a minute",
  restarts:
    "containers that exited with an error, were killed or failed their liveness probe, counted from the platform's log",
  "postgres-cpu": "Cloud SQL cpu/utilization",
  "postgres-storage": "Cloud SQL disk/utilization, of the size the disk has now",
  "postgres-connections": "Cloud SQL num_backends against the instance's max_connections",
  "redis-memory": "Memorystore memory/usage_ratio",
  "job-failed": "Cloud Run job/completed_execution_count with result failed",
  "log-pattern": "a log-based metric that counts the entries containing the text",
  "log-silence": { unsupported: "it is not offered on this target yet" },
  certificate: { unsupported: "it is not offered on this target yet" },
  "host-disk": { unsupported: "it is not offered on this target yet" },
  "host-backup": { unsupported: "it is not offered on this target yet" },
};

type Request = BuildRequest<AlarmsSpec, AlarmsLinks>;

export interface Conditions {
  readonly conditions: AlertPolicyArgs["conditions"];
  readonly combiner: "OR" | "AND";
  readonly dependsOn?: readonly pulumi.Resource[];
}

const RUN = "run.googleapis.com";
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
      const { filter } = revision(request, signal.target);
      const count = `metric.type="${RUN}/request_count"`;
      const failed = filter([count, 'metric.labels.response_code_class="5xx"']);
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
      const { filter } = revision(request, signal.target);
      const latencies = filter([`metric.type="${RUN}/request_latencies"`]);
      // Milliseconds.
      return one("95th percentile", latencies, signal.aboveSeconds * 1000, {
        align: "ALIGN_DELTA",
        reduce: "REDUCE_PERCENTILE_95",
        minutes: signal.forMinutes,
      });
    }
    case "unhealthy": {
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
    case "log-silence":
    case "certificate":
    case "host-disk":
    case "host-backup":
      throw new UnsupportedOption(
        "gcp",
        `signals.${signal.kind}`,
        "it is not offered on this target yet",
      );
    case "restarts": {
      const { serviceName } = service(request, signal.target);
      const entries = pulumi.interpolate`${logOf(serviceName)} AND ${RESTART}`;
      return counted(request, alarm, entries, signal.count, signal.withinMinutes);
    }
    case "log-pattern": {
      const { serviceName } = service(request, signal.target);
      const entries = pulumi.interpolate`${logOf(serviceName)} AND ${JSON.stringify(signal.pattern)}`;
      return counted(request, alarm, entries, signal.count, signal.withinMinutes);
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

/** More than so many log entries. The metric is new, so its existence must not be asked for. */
function counted(
  { name, parent, environment }: Request,
  alarm: string,
  filter: pulumi.Output<string>,
  count: number,
  withinMinutes: number,
): Conditions {
  const { project } = settings();
  const { apis } = foundation({ name, parent, environment });
  // PromQL names have no dashes.
  const id = stackName(alarm, environment, 100).replace(/-/g, "_");
  const metric = new Metric(
    `${name}-${alarm}-metric`,
    {
      project,
      name: id,
      filter,
      metricDescriptor: { metricKind: "DELTA", valueType: "INT64", unit: "1" },
    },
    { parent, dependsOn: [apis.logging] },
  );
  const series = pulumi.interpolate`logging_googleapis_com:user_${metric.name}{monitored_resource="cloud_run_revision"}`;
  return {
    combiner: "OR",
    dependsOn: [metric],
    conditions: [
      {
        displayName: "log entries",
        conditionPrometheusQueryLanguage: {
          query: pulumi.interpolate`sum(increase(${series}[${withinMinutes}m])) >= ${count}`,
          duration: "0s",
          evaluationInterval: "60s",
          // A metric is known to Monitoring only some minutes after it was made.
          disableMetricValidation: true,
        },
      },
    ],
  };
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

function target<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const found = entries[name];
  if (!found) throw new Error(`there is nothing called "${name}" to watch`);
  return found;
}
