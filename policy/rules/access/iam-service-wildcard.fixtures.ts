import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const policy = (action: unknown, target: unknown = "*") =>
  resource("aws:iam/policy:Policy", {
    policy: { Statement: [{ Effect: "Allow", Action: action, Resource: target }] },
  });

export const fixtures: Fixtures = {
  good: [
    policy("ecr:GetAuthorizationToken"),
    policy("s3:PutObject", "arn:aws:s3:::b/*"),
    policy("ec2:DescribeSubnets"),
  ],
  bad: [policy("s3:*", "arn:aws:s3:::b"), policy(["kms:Decrypt"])],
  missing: [passes(resource("aws:iam/policy:Policy", {}))],
  unknown: [resource("aws:iam/policy:Policy", { policy: unknown })],
  wrongType: [passes(policy(5, {}))],
};
