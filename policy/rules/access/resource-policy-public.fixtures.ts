import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const queue = (statement: object) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", {
    policy: JSON.stringify({
      Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...statement },
    }),
  });
const permission = (props: object) => resource("aws:lambda/permission:Permission", props);

export const fixtures: Fixtures = {
  good: [
    queue({ Principal: { Service: "sns.amazonaws.com" } }),
    queue({ Principal: "*", Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:x" } } }),
    queue({ Effect: "Deny", Principal: "*" }),
    permission({ principal: "events.amazonaws.com" }),
  ],
  bad: [
    queue({ Principal: "*" }),
    queue({ Principal: { AWS: ["arn:aws:iam::1:root", "*"] } }),
    queue({ Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }),
    resource("aws:kms/key:Key", {
      policy: {
        Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }],
      },
    }),
    permission({ principal: "*" }),
  ],
  missing: [passes(resource("aws:kms/key:Key", {})), passes(permission({}))],
  unknown: [
    resource("aws:sqs/queuePolicy:QueuePolicy", { policy: unknown }),
    permission({ principal: unknown }),
  ],
  wrongType: [passes(resource("aws:sqs/queuePolicy:QueuePolicy", { policy: [] }))],
};
