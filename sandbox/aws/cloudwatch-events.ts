import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const BUS = "aws:cloudwatch/eventBus:EventBus";
const ARN = "arn:{partition}:events:{region}:{account}";

export const eventTypes: Record<string, TypeTable> = {
  [RULE]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 64, within: ["eventBusName"] },
    id: ({ name, inputs }) =>
      inputs.eventBusName === "default" ? name : `${inputs.eventBusName}/${name}`,
    defaults: { eventBusName: "default", forceDestroy: false },
    outputs: {
      arn: ({ id, place }: Draft) =>
        `arn:${place.partition}:events:${place.region}:${place.account}:rule/${id}`,
      state: "ENABLED",
    },
    replaceOn: ["eventBusName"],
    json: ["eventPattern"],
    validate: badRule,
    missing: "ResourceNotFoundException: Rule {value} does not exist on EventBus default.",
    inUse: "ValidationException: Rule can't be deleted since it has targets.",
  },
  [TARGET]: {
    name: { property: "targetId", max: 64, within: ["rule", "eventBusName"] },
    id: "{in.rule}-{name}",
    defaults: { eventBusName: "default", forceDestroy: false },
    replaceOn: ["rule", "eventBusName"],
    json: ["input"],
    references: { rule: `${RULE}|${RULE}#name` },
    create: refuseSixth,
  },
  [BUS]: {
    name: { property: "name", max: 256 },
    outputs: { arn: `${ARN}:event-bus/{name}` },
    replaceOn: ["eventSourceName"],
  },
  "aws:cloudwatch/eventPermission:EventPermission": {
    id: "default-{in.statementId}",
    defaults: { action: "events:PutEvents", eventBusName: "default" },
    replaceOn: ["statementId", "eventBusName"],
  },
  "aws:cloudwatch/eventArchive:EventArchive": {
    name: { property: "name", max: 48 },
    defaults: { retentionDays: 0 },
    outputs: { arn: `${ARN}:archive/{name}` },
    replaceOn: ["eventSourceArn"],
    json: ["eventPattern"],
  },
  "aws:cloudwatch/eventConnection:EventConnection": {
    name: { property: "name", max: 64 },
    outputs: { arn: `${ARN}:connection/{name}/{hex:32}`, secretArn: "" },
    secrets: ["authParameters"],
  },
  "aws:cloudwatch/eventApiDestination:EventApiDestination": {
    name: { property: "name", max: 64 },
    defaults: { invocationRateLimitPerSecond: 300 },
    outputs: { arn: `${ARN}:api-destination/{name}/{hex:32}` },
    references: { connectionArn: "aws:cloudwatch/eventConnection:EventConnection#arn" },
  },
};

function badRule({ eventPattern, scheduleExpression }: Plain): Failure[] {
  if (eventPattern === undefined && scheduleExpression === undefined) {
    return [
      {
        property: "eventPattern",
        reason: "one of `event_pattern,schedule_expression` must be specified",
      },
    ];
  }
  if (typeof eventPattern !== "string") return [];
  try {
    JSON.parse(eventPattern);
    return [];
  } catch {
    return [{ property: "eventPattern", reason: "contains an invalid JSON" }];
  }
}

/** A rule has five targets at most. */
function refuseSixth({ inputs, cloud }: Draft): undefined {
  const count = cloud
    .all(TARGET)
    .filter(({ outputs }) => plain(outputs.rule) === inputs.rule).length;
  if (count < 5) return undefined;
  throw new CloudError(
    "LimitExceededException: The requested resource exceeds the maximum number allowed.",
  );
}
