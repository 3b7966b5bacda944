import { EventRule } from "@pulumi/aws/cloudwatch/eventRule";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { LogMetricFilter } from "@pulumi/aws/cloudwatch/logMetricFilter";
import { LogResourcePolicy } from "@pulumi/aws/cloudwatch/logResourcePolicy";
import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsLinks } from "../../components/alarms";
import { backend, service, type EventSignal, type Watch } from "./alarm-metrics";
import { folder, metricNamespace, physicalName, type Scope } from "./scope";

/** Where stopped tasks are written down, with the reason ECS gives. */
export interface StopLog {
  readonly group: LogGroup;
  readonly ready: pulumi.Resource;
}

/**
 * One log for all rules. EventBridge may write only into groups below `/aws/events/`, and an
 * account has ten policies for logs, so there is one per stack.
 */
export function stopLog(scope: Scope, days: number): StopLog {
  const { name, environment, child, tags } = scope;
  const logName = `/aws/events/${folder(environment)}/stopped-tasks`;
  const group = new LogGroup(
    `${name}-stops`,
    { name: logName, retentionInDays: days, tags },
    child,
  );
  const ready = new LogResourcePolicy(
    `${name}-stops`,
    {
      policyName: physicalName(environment, `${name}-stops`, 200),
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: scope.arn("logs", `log-group:${logName}:*`),
          },
        ],
      }),
    },
    child,
  );
  return { group, ready };
}

/** Makes what the signal's metric comes from, and says what the alarm compares. */
export function eventWatch(
  scope: Scope,
  alarm: string,
  signal: EventSignal,
  links: AlarmsLinks,
  log: StopLog | undefined,
): Watch {
  switch (signal.kind) {
    case "restarts":
      return restarts(scope, alarm, signal, links, log as StopLog);
    case "log-pattern":
      return {
        ...logLines(scope, alarm, signal, links, signal.withinMinutes),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: signal.count,
      };
    case "log-silence":
      return {
        ...logLines(scope, alarm, signal, links, signal.forMinutes),
        ...{ comparison: "LessThanThreshold", threshold: 1, missing: "breaching" },
      };
  }
}

/**
 * Fargate publishes no metric for this: Container Insights counts restarts only of containers
 * with a restart policy, while ECS replaces the whole task. Tasks that a deployment or the
 * autoscaler stops carry another stop code and are not counted.
 */
function restarts(
  scope: Scope,
  alarm: string,
  signal: Extract<EventSignal, { kind: "restarts" }>,
  links: AlarmsLinks,
  log: StopLog,
): Watch {
  const { name, environment, child, tags } = scope;
  const { serviceName, clusterName } = service(links, signal.target);
  const ruleName = physicalName(environment, alarm, 64);
  const rule = new EventRule(
    `${name}-${alarm}`,
    {
      name: ruleName,
      description: `Tasks of ${serviceName} that ended by themselves`,
      eventPattern: JSON.stringify({
        source: ["aws.ecs"],
        "detail-type": ["ECS Task State Change"],
        detail: {
          clusterArn: [scope.arn("ecs", `cluster/${clusterName}`)],
          group: [`service:${serviceName}`],
          lastStatus: ["STOPPED"],
          stopCode: ["EssentialContainerExited", "TaskFailedToStart"],
        },
      }),
      tags,
    },
    child,
  );
  new EventTarget(
    `${name}-${alarm}`,
    { rule: rule.name, targetId: "log", arn: log.group.arn },
    { ...child, dependsOn: log.ready },
  );
  return {
    queries: [
      {
        id: "stops",
        metric: {
          namespace: "AWS/Events",
          name: "Invocations",
          statistic: "Sum",
          dimensions: { RuleName: ruleName },
        },
      },
    ],
    periodSeconds: signal.withinMinutes * 60,
    periods: 1,
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: signal.count,
  };
}

/** Counts the log lines with a text, in one period as long as the signal looks back. */
function logLines(
  scope: Scope,
  alarm: string,
  { target, pattern }: Extract<EventSignal, { kind: "log-pattern" | "log-silence" }>,
  links: AlarmsLinks,
  minutes: number,
): Pick<Watch, "queries" | "periodSeconds" | "periods"> {
  const namespace = metricNamespace(scope.environment);
  new LogMetricFilter(
    `${scope.name}-${alarm}`,
    {
      name: physicalName(scope.environment, alarm, 200),
      logGroupName: backend(links, target).logGroup,
      // In quotes: the text as it stands, whatever else the line holds.
      pattern: JSON.stringify(pattern),
      metricTransformation: { namespace, name: alarm, value: "1", defaultValue: "0" },
    },
    scope.child,
  );
  return {
    queries: [
      { id: "lines", metric: { namespace, name: alarm, statistic: "Sum", dimensions: {} } },
    ],
    periodSeconds: minutes * 60,
    periods: 1,
  };
}
