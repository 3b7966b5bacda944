import { ActionGroup, MetricAlert, ScheduledQueryRule } from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsBuilder, AlarmsLinks, AlarmsSpec } from "../../components/alarms";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import { certificateAlert } from "./alarm-certificate";
import { planOf, type MetricPlan, type QueryPlan } from "./alarm-plan";
import { resourceGroup } from "./resource-group";
import { settings } from "./settings";
import { tagsOf } from "./tags";

const describe: Parity<AlarmsSpec> = {
  signals: "metric alerts and log alerts of Azure Monitor, one per signal; see there",
  destinations: "one action group: e-mail and HTTPS webhooks, in Azure's common schema",
};

const signals: AlarmsBuilder["signals"] = {
  "server-errors": "from the edge's access log: share of 5xx and their number over the routes",
  latency: "from the edge's access log: 95th percentile of the time until the last byte",
  unhealthy:
    "from the platform's log: failed probes of one replica, in five minutes per check; a Docker host " +
    "by the gateway's own checks, metric UnhealthyHostCount",
  restarts: "metric RestartCount: the highest count of a replica in the window",
  "postgres-cpu": "metric cpu_percent, average",
  "postgres-storage": "metric storage_percent, average over 15 minutes",
  "postgres-connections": "metric active_connections against max_connections, average of 5 minutes",
  "redis-memory": "metric usedmemorypercentage of the cluster, maximum",
  "job-failed": "from the platform's log: an execution that ended at its limits",
  "log-pattern": "a log alert on the lines of the service",
  "log-silence": "a log alert that finds no line in the window; at most 24 hours",
  certificate:
    "an availability test asks the edge's first name from outside every 15 minutes and fails when the " +
    "certificate ends in fewer days; refused for private edges, which nobody sees from outside",
  "host-disk":
    "from the machine's own counters: used space of each file system, average of 15 minutes",
  "host-backup":
    "from the machine's log: no line of a stored backup for so long; at most 48 hours back",
};

function resolve(spec: AlarmsSpec, { environment, path, problems }: ResolveContext): AlarmsSpec {
  const { emails = [], webhooks = [] } = spec.destinations;
  if (environment.profile === "prod" && emails.length + webhooks.length === 0) {
    problems.add(`${path}.destinations`, "nobody is told; give at least one e-mail or webhook");
  }
  for (const [name, signal] of Object.entries(spec.signals)) {
    const minutes =
      "forMinutes" in signal
        ? signal.forMinutes
        : "withinMinutes" in signal
          ? signal.withinMinutes
          : 5;
    if (minutes < 1 || minutes > 1440) {
      problems.add(`${path}.signals.${name}`, `${minutes} minutes are not offered; use 1 to 1440`);
    }
    if (signal.kind === "host-backup" && (signal.aboveHours < 1 || signal.aboveHours > 48)) {
      problems.add(
        `${path}.signals.${name}`,
        `${signal.aboveHours} hours are not offered; log alerts look back 48 hours at most`,
      );
    }
  }
  return spec;
}

export interface AlertRequest<Plan> {
  readonly name: string;
  readonly plan: Plan;
  readonly group: ResourceGroup;
  readonly actions: ActionGroup;
  readonly tags: Record<string, string>;
  readonly parent: pulumi.ComponentResource;
}

function build(request: BuildRequest<AlarmsSpec, AlarmsLinks>): object {
  const { name, spec, links, parent, environment } = request;
  const group = resourceGroup(environment, parent);
  const tags = tagsOf(environment);
  const { emails = [], webhooks = [] } = spec.destinations;
  const actions = new ActionGroup(
    `${name}-group`,
    {
      resourceGroupName: group.name,
      location: "global",
      // At most twelve characters; it opens the text of every message.
      groupShortName: environment.system.replaceAll("-", "").slice(0, 12),
      enabled: true,
      emailReceivers: emails.map((emailAddress, index) => ({
        name: `email-${index + 1}`,
        emailAddress,
        useCommonAlertSchema: true,
      })),
      webhookReceivers: webhooks.map((serviceUri, index) => ({
        name: `webhook-${index + 1}`,
        serviceUri,
        useCommonAlertSchema: true,
      })),
      tags,
    },
    { parent },
  );
  for (const [key, signal] of Object.entries(spec.signals)) {
    const plan = planOf(key, signal, links);
    const common = { name: `${name}-${key}`, group, actions, tags, parent };
    if (plan.kind === "metric") metricAlert({ ...common, plan });
    else if (plan.kind === "query") queryAlert({ ...common, plan });
    else certificateAlert({ ...common, plan });
  }
  return {};
}

function metricAlert(request: AlertRequest<MetricPlan>): void {
  const { name, plan, group, actions, tags, parent } = request;
  new MetricAlert(
    name,
    {
      resourceGroupName: group.name,
      location: "global",
      description: `${plan.metric} ${plan.operator} ${plan.threshold}`,
      severity: 2,
      enabled: true,
      autoMitigate: true,
      scopes: [plan.scope],
      ...plan.window,
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            criterionType: "StaticThresholdCriterion",
            name: "threshold",
            metricNamespace: plan.namespace,
            metricName: plan.metric,
            operator: plan.operator,
            threshold: plan.threshold,
            timeAggregation: plan.aggregation,
            ...(plan.dimension
              ? {
                  dimensions: [
                    {
                      name: plan.dimension.name,
                      operator: "Include",
                      values: [plan.dimension.value],
                    },
                  ],
                }
              : {}),
          },
        ],
      },
      actions: [{ actionGroupId: actions.id }],
      tags,
    },
    { parent },
  );
}

function queryAlert(request: AlertRequest<QueryPlan>): void {
  const { name, plan, group, actions, tags, parent } = request;
  new ScheduledQueryRule(
    name,
    {
      resourceGroupName: group.name,
      location: settings().location,
      kind: "LogAlert",
      displayName: name,
      severity: 2,
      enabled: true,
      autoMitigate: true,
      scopes: [plan.scope],
      ...plan.window,
      ...(plan.lookBack === undefined ? {} : { overrideQueryTimeRange: plan.lookBack }),
      // Tables and columns appear with the first line that is logged, which is after this.
      skipQueryValidation: true,
      criteria: {
        allOf: [
          {
            query: plan.query,
            timeAggregation: "Count",
            operator: "GreaterThanOrEqual",
            threshold: plan.rows,
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
          },
        ],
      },
      actions: { actionGroups: [actions.id] },
      tags,
    },
    { parent },
  );
}

export const alarms: AlarmsBuilder = {
  ...builder<AlarmsSpec, AlarmsLinks, AlarmsSpec, object>({
    cloud: "azure",
    describe,
    resolve,
    build,
  }),
  signals,
  privateCertificate: "availability tests ask from outside, where nobody sees a private edge",
};
