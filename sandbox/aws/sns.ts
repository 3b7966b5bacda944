import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { KEY_ARN, UUID } from "./refs";

const TOPIC = "aws:sns/topic:Topic";
const PROTOCOLS = [
  ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"],
].flat();

export const types: Record<string, TypeTable> = {
  [TOPIC]: {
    name: { property: "name", prefixProperty: "namePrefix", max: 256 },
    id: "arn:{partition}:sns:{region}:{account}:{name}",
    defaults: { fifoTopic: false, contentBasedDeduplication: false },
    outputs: {
      arn: "{id}",
      owner: "{account}",
      policy: defaultPolicy,
      signatureVersion: 0,
      tracingConfig: "",
      beginningArchiveTime: "",
    },
    replaceOn: ["fifoTopic"],
    json: ["policy", "deliveryPolicy"],
    references: { kmsMasterKeyId: `${KEY_ARN}|aws:kms/key:Key|aws:kms/alias:Alias#name` },
    loose: ["kmsMasterKeyId"],
    validate: badName,
    missing: "NotFoundException: Topic does not exist: {value}",
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    id: "{in.arn}",
    outputs: { owner: "{account}" },
    replaceOn: ["arn"],
    json: ["policy"],
    references: { arn: TOPIC },
    loose: ["arn"],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    id: `{in.topic}:${UUID}`,
    defaults: {
      confirmationTimeoutInMinutes: 1,
      endpointAutoConfirms: false,
      rawMessageDelivery: false,
    },
    outputs: {
      arn: "{id}",
      ownerId: "{account}",
      confirmationWasAuthenticated: false,
      filterPolicyScope: "",
      // Somebody has to click a link, or answer a call, that a simulated topic does not send.
      pendingConfirmation: ({ inputs }: Draft) =>
        ["email", "email-json", "http", "https"].includes(String(inputs.protocol)),
    },
    replaceOn: ["topic", "protocol", "endpoint"],
    json: ["filterPolicy", "redrivePolicy", "deliveryPolicy"],
    references: { topic: TOPIC },
    loose: ["topic"],
    validate: badSubscription,
    create: refuseEndpoint,
  },
};

function defaultPolicy({ place, id }: Draft): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:Publish", "SNS:Subscribe", "SNS:GetTopicAttributes"],
        Resource: id,
        Condition: { StringEquals: { "AWS:SourceOwner": place.account } },
      },
    ],
  });
}

function badName({ name, fifoTopic }: Plain): Failure[] {
  if (typeof name !== "string" || (fifoTopic === true) === name.endsWith(".fifo")) return [];
  return [
    { property: "name", reason: `invalid topic name: ${name}; .fifo is the end of FIFO topics` },
  ];
}

function badSubscription({ protocol }: Plain): Failure[] {
  if (typeof protocol !== "string" || PROTOCOLS.includes(protocol)) return [];
  return [
    {
      property: "protocol",
      reason: `expected protocol to be one of [${PROTOCOLS.join(" ")}], got ${protocol}`,
    },
  ];
}

function refuseEndpoint({ inputs }: Draft): undefined {
  const { protocol, endpoint } = inputs;
  const fits = /^https?$/.test(String(protocol))
    ? String(endpoint).startsWith(`${protocol}://`)
    : !String(protocol).startsWith("email") || String(endpoint).includes("@");
  if (fits) return undefined;
  throw new CloudError(
    `InvalidParameter: Invalid parameter: Endpoint must match the specified protocol (${protocol})`,
  );
}
