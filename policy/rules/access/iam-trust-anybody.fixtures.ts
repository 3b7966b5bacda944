import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const role = (statement: object) =>
  resource("aws:iam/role:Role", {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
    }),
  });
const github = (condition?: object) =>
  role({
    Principal: { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" },
    Condition: condition,
  });
const subject = (text: string) => ({
  StringLike: { "token.actions.githubusercontent.com:sub": text },
});

export const fixtures: Fixtures = {
  good: [
    role({ Principal: { Service: "ecs-tasks.amazonaws.com" } }),
    role({ Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    github(subject("repo:acme/app:ref:refs/heads/main")),
  ],
  bad: [
    role({ Principal: "*" }),
    role({ Principal: { AWS: ["*"] } }),
    github(),
    github(subject("repo:*")),
  ],
  missing: [passes(resource("aws:iam/role:Role", {}))],
  unknown: [resource("aws:iam/role:Role", { assumeRolePolicy: unknown })],
  wrongType: [passes(resource("aws:iam/role:Role", { assumeRolePolicy: 7 }))],
};
