import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const allow = (service: string, action: unknown) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: action, Resource: "*" },
    ],
  });
const CLOUDWATCH = "cloudwatch.amazonaws.com";
const alarm = (props: object = { alarmActions: [{ ref: "t.arn" }] }) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", props, "a");
const topic = (props: object = {}) => resource("aws:sns/topic:Topic", props, "t");
const key = (policy?: unknown) => resource("aws:kms/key:Key", { policy }, "k");
const encrypted = topic({ kmsMasterKeyId: { ref: "k.arn" } });
const USE = ["kms:Decrypt", "kms:GenerateDataKey*"];
const policy = (text: unknown) =>
  resource("aws:sns/topicPolicy:TopicPolicy", { arn: { ref: "t.arn" }, policy: text });

export const fixtures: Fixtures = {
  good: [
    passes(topic(), alarm()),
    passes(key(allow(CLOUDWATCH, USE)), encrypted, alarm()),
    passes(key(allow(CLOUDWATCH, "kms:*")), encrypted, alarm({ okActions: [{ ref: "t.arn" }] })),
    passes(topic(), policy(allow(CLOUDWATCH, "sns:Publish")), alarm()),
    passes(alarm({ actionsEnabled: false })),
    passes(
      alarm({}),
      resource("aws:ecs/service:Service", { alarms: { alarmNames: [{ ref: "a.name" }] } }, "s"),
    ),
    passes(alarm({ alarmActions: ["arn:aws:sns:eu-west-1:111122223333:ops"] })),
  ],
  bad: [
    violates(topic({ kmsMasterKeyId: "alias/aws/sns" }), alarm()),
    violates(
      topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:alias/aws/sns" }),
      alarm(),
    ),
    violates(key(), encrypted, alarm()),
    violates(key(allow("sns.amazonaws.com", USE)), encrypted, alarm()),
    violates(key(allow(CLOUDWATCH, ["kms:Decrypt"])), encrypted, alarm()),
    violates(topic(), policy(allow("events.amazonaws.com", "sns:Publish")), alarm()),
    violates(topic({ policy: allow("events.amazonaws.com", "sns:Publish") }), alarm()),
  ],
  missing: [violates(alarm({})), violates(alarm({ alarmActions: [] }))],
  unknown: [
    waits(key(unknown), encrypted, alarm()),
    waits(topic({ kmsMasterKeyId: unknown }), alarm()),
    waits(topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" }), alarm()),
    waits(topic(), policy(unknown), alarm()),
  ],
  wrongType: [
    violates(key("no json"), encrypted, alarm()),
    passes(topic({ kmsMasterKeyId: "" }), alarm()),
  ],
};
