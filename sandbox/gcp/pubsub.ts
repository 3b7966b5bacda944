import type { TypeTable } from "../lib/table";
import { CRYPTO_KEY, iamMember, named } from "./shared";

const TOPIC = "gcp:pubsub/topic:Topic";
const SUBSCRIPTION = "gcp:pubsub/subscription:Subscription";

export const types: Record<string, TypeTable> = {
  [TOPIC]: {
    name: named(255),
    id: "projects/{project}/topics/{name}",
    scope: "account",
    references: { kmsKeyName: CRYPTO_KEY },
    exists: "googleapi: Error 409: Resource already exists in the project (resource={name}).",
    missing: "googleapi: Error 404: Resource not found (resource={value}).",
  },
  [SUBSCRIPTION]: {
    name: named(255),
    id: "projects/{project}/subscriptions/{name}",
    scope: "account",
    defaults: { ackDeadlineSeconds: 10 },
    references: { topic: `${TOPIC}|${TOPIC}#name` },
    replaceOn: ["topic", "filter", "enableMessageOrdering"],
    missing: "googleapi: Error 404: Resource not found (resource={value}).",
  },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": iamMember("topic", `${TOPIC}|${TOPIC}#name`),
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": iamMember(
    "subscription",
    `${SUBSCRIPTION}|${SUBSCRIPTION}#name`,
  ),
};
