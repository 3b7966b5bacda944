import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm";
import { Topic } from "@pulumi/aws/sns/topic";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription";
import type * as pulumi from "@pulumi/pulumi";
import type {
  AlarmsBuilder,
  AlarmsLinks,
  AlarmsSpec,
  Destinations,
  Signal,
} from "../../components/alarms";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import { eventWatch, stopLog } from "./alarm-events";
import { SIGNALS, watchOf, type Query, type Watch } from "./alarm-metrics";
import { dashboard } from "./dashboard";
import { customerKey } from "./keys";
import { PROFILES } from "./profile";
import { metricNamespace, physicalName, scopeOf, type Scope } from "./scope";

const describe: Parity<AlarmsSpec> = {
  signals: "CloudWatch alarms and one dashboard per stack",
  destinations: "one encrypted SNS topic with e-mail and HTTPS subscriptions",
};

function resolve(spec: AlarmsSpec, { environment, path, problems }: ResolveContext): AlarmsSpec {
  const { emails = [], webhooks = [] } = spec.destinations;
  if (environment.profile === "prod" && emails.length + webhooks.length === 0) {
    problems.add(
      `${path}.destinations`,
      "nobody is told; give an address, e.g. `portolan:alarms.emails`",
    );
  }
  for (const webhook of webhooks.filter((webhook) => !webhook.startsWith("https://"))) {
    problems.add(`${path}.destinations.webhooks`, `"${webhook}" is no https:// address`);
  }
  for (const [name, signal] of Object.entries(spec.signals)) checkSignal(name, signal);
  return spec;

  function checkSignal(name: string, signal: Signal): void {
    const minutes = "withinMinutes" in signal ? signal.withinMinutes : 1;
    const periods = "forMinutes" in signal ? signal.forMinutes : 1;
    if (minutes * 60 > 86_400 || periods > 1440) {
      problems.add(
        `${path}.signals.${name}`,
        "looks back more than a day; use at most 1440 minutes",
      );
    }
    if (signal.kind === "host-backup" && signal.aboveHours > 168) {
      problems.add(`${path}.signals.${name}`, "looks back more than a week; use at most 168 hours");
    }
  }
}

function build(request: BuildRequest<AlarmsSpec, AlarmsLinks>): object {
  const scope = scopeOf(request);
  const { spec, links, environment } = request;
  const topic = topicFor(scope, spec.destinations);
  const counted = Object.values(spec.signals).some(({ kind }) => kind === "restarts");
  const log = counted ? stopLog(scope, PROFILES[environment.profile].flowLogDays) : undefined;
  const watches: Record<string, Watch> = {};
  for (const [name, signal] of Object.entries(spec.signals)) {
    const watch =
      signal.kind === "restarts" || signal.kind === "log-pattern" || signal.kind === "log-silence"
        ? eventWatch(scope, name, signal, links, log)
        : watchOf(signal, links, metricNamespace(environment));
    watches[name] = watch;
    alarm(scope, name, signal, watch, topic);
  }
  dashboard(scope, watches);
  return {};
}

/**
 * Alarms cannot publish to a topic under AWS's own SNS key, so the key is the stack's and lets
 * CloudWatch use it.
 */
function topicFor(scope: Scope, { emails = [], webhooks = [] }: Destinations): Topic {
  const { name, child, tags } = scope;
  const key = customerKey(scope, "key", "Notifications of alarms", {
    services: [
      {
        service: "cloudwatch.amazonaws.com",
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      },
    ],
  });
  const topic = new Topic(`${name}-topic`, { kmsMasterKeyId: key.arn, tags }, child);
  new TopicPolicy(
    `${name}-topic`,
    {
      arn: topic.arn,
      policy: topic.arn.apply((arn) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "Alarms",
              Effect: "Allow",
              Principal: { Service: "cloudwatch.amazonaws.com" },
              Action: "sns:Publish",
              Resource: arn,
              Condition: { ArnLike: { "aws:SourceArn": scope.arn("cloudwatch", "alarm:*") } },
            },
          ],
        }),
      ),
    },
    child,
  );
  const subscribe = (protocol: string, endpoint: string): TopicSubscription =>
    new TopicSubscription(
      `${name}-${protocol}-${endpoint}`,
      { topic: topic.arn, protocol, endpoint },
      child,
    );
  for (const email of emails) subscribe("email", email);
  for (const webhook of webhooks) subscribe("https", webhook);
  return topic;
}

function alarm(scope: Scope, name: string, signal: Signal, watch: Watch, topic: Topic): void {
  const [first, ...more] = watch.queries;
  const single = more.length === 0 ? first?.metric : undefined;
  new MetricAlarm(
    `${scope.name}-${name}`,
    {
      name: alarmName(scope, name),
      alarmDescription: `${signal.kind} of ${signal.target}`,
      comparisonOperator: watch.comparison,
      threshold: watch.threshold,
      evaluationPeriods: watch.periods,
      datapointsToAlarm: watch.periods,
      // No requests, no restarts and no lines are good news; a store without data has an alarm
      // of its own at AWS, and would otherwise page somebody while it is being made.
      treatMissingData: watch.missing ?? "notBreaching",
      ...(single
        ? {
            namespace: single.namespace,
            metricName: single.name,
            statistic: single.statistic,
            dimensions: { ...single.dimensions },
            period: watch.periodSeconds,
          }
        : { metricQueries: watch.queries.map((query) => queryOf(query, watch)) }),
      alarmActions: [topic.arn],
      okActions: [topic.arn],
      tags: scope.tags,
    },
    scope.child,
  );
}

export const alarmName = ({ environment }: Scope, name: string): string =>
  physicalName(environment, name, 255);

function queryOf(query: Query, { queries, periodSeconds }: Watch) {
  const returnData = query === queries.at(-1);
  if (!query.metric) {
    return { id: query.id, expression: query.expression as string, returnData };
  }
  const { namespace, name: metricName, statistic: stat, dimensions } = query.metric;
  const metric: {
    namespace: string;
    metricName: string;
    stat: string;
    period: number;
    dimensions: Record<string, pulumi.Input<string>>;
  } = { namespace, metricName, stat, period: periodSeconds, dimensions: { ...dimensions } };
  return { id: query.id, metric, returnData };
}

const parts = builder({ cloud: "aws", describe, resolve, build });

export const alarms: AlarmsBuilder = { ...parts, signals: SIGNALS };
