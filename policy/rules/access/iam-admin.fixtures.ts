import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const policy = (statement: unknown) =>
  resource("aws:iam/policy:Policy", {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
  });
const allow = (props: object) => ({ Effect: "Allow", Action: "*", Resource: "*", ...props });
const member = (role: unknown) =>
  resource("gcp:projects/iAMMember:IAMMember", { role, member: "user:a@example.com" });

export const fixtures: Fixtures = {
  good: [
    policy([allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" })]),
    policy([allow({ Effect: "Deny" })]),
    policy([allow({ Resource: "arn:aws:s3:::b/*" })]),
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
    }),
    member("roles/run.invoker"),
  ],
  bad: [
    policy([allow({})]),
    policy(allow({ Action: ["s3:GetObject", "*"], Resource: ["*"] })),
    policy([allow({ Action: undefined, NotAction: "iam:*" })]),
    resource("aws:iam/policy:Policy", { policy: { Statement: [allow({ Action: "iam:*" })] } }),
    resource("aws:iam/rolePolicy:RolePolicy", {
      policy: { json: { Statement: [allow({ Action: ["*", { ref: "x.arn" }] })] } },
    }),
    resource("aws:iam/role:Role", {
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    }),
    resource("azure-native:authorization:RoleDefinition", { permissions: [{ actions: ["*"] }] }),
    member("roles/owner"),
  ],
  missing: [
    passes(policy([])),
    passes(resource("aws:iam/role:Role", {})),
    passes(resource("aws:iam/policy:Policy", {})),
  ],
  unknown: [resource("aws:iam/policy:Policy", { policy: unknown }), member(unknown)],
  wrongType: [
    passes(resource("aws:iam/policy:Policy", { policy: "no json" })),
    violates(policy([allow({ Resource: undefined })])),
  ],
};
