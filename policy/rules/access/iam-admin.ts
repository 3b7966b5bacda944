import { allowStatements } from "../../lib/check/policy-document";
import { forTypes, undecided, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

/** Actions that give everything, or the means to give oneself everything. */
const ADMIN_ACTIONS = ["*", "*:*", "iam:*"];
const ADMIN_POLICIES =
  /:policy\/(job-function\/)?(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

function checkPolicy(policy: Value): Report[] {
  const { statements, unknown } = allowStatements(policy);
  const found = statements.flatMap(({ at, actions, resources, inverted }): Report[] => {
    const everywhere =
      resources.length === 0 || resources.some((resource) => resource.text === "*");
    if (inverted)
      return everywhere
        ? [violation(at, "everything but the named actions is allowed (NotAction)")]
        : [];
    const admin = actions.find((action) =>
      ADMIN_ACTIONS.includes(action.text?.toLowerCase() ?? ""),
    );
    return admin !== undefined && everywhere
      ? [violation(admin, `${admin.text} is allowed on every resource`)]
      : [];
  });
  return [...found, ...unknown.map(undecided)];
}

const document: Check = (resource) => checkPolicy(resource.at("policy"));
const attachment =
  (path: string): Check =>
  (resource) =>
    resource.at(path).each.flatMap((arn) => {
      // An ARN that is an output is a policy of this plan, which is judged itself.
      return ADMIN_POLICIES.test(arn.text ?? "")
        ? [violation(arn, "a policy of administrators is attached")]
        : [];
    });

export const rule: Rule = {
  id: "iam-admin",
  title: "No policy allows everything",
  severity: "critical",
  category: "iam-wildcard",
  profile: "baseline",
  why: "Whoever takes over such an identity owns the account: every store, every key, every log.",
  fix: {
    aws: "Name the actions and the resources the workload needs.",
    azure:
      "Name the actions of a custom role; assign roles on the resource, not Owner on the subscription.",
    gcp: "Grant a predefined role on the resource instead of owner or editor on the project.",
  },
  controls: { nist: ["AC-6", "AC-6(1)", "AC-3"], cis: ["5.4", "6.8"] },
  check: {
    ...forTypes(
      [
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/userPolicy:UserPolicy",
        "aws:iam/groupPolicy:GroupPolicy",
      ],
      document,
    ),
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": (resource) =>
      checkPolicy(resource.at("inlinePolicy")),
    "aws:iam/role:Role": (resource, context) => [
      ...resource.at("inlinePolicies").items.flatMap((item) => checkPolicy(item.at("policy"))),
      ...attachment("managedPolicyArns")(resource, context),
    ],
    ...forTypes(
      [
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
        "aws:iam/policyAttachment:PolicyAttachment",
      ],
      attachment("policyArn"),
    ),
    ...forTypes(
      [
        "azure-native:authorization:RoleDefinition",
        "azure:authorization/roleDefinition:RoleDefinition",
      ],
      (resource) =>
        resource
          .at("permissions")
          .items.flatMap((permission) => permission.at("actions").each)
          .filter((action) => action.text === "*")
          .map((action) => violation(action, "the role allows every action")),
    ),
    "azure-native:authorization:RoleAssignment": (resource) =>
      /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/i.test(
        resource.at("roleDefinitionId").text ?? "",
      )
        ? [
            violation(
              resource.at("roleDefinitionId"),
              "Owner or User Access Administrator is assigned",
            ),
          ]
        : [],
    "azure:authorization/assignment:Assignment": (resource) =>
      resource.at("roleDefinitionName").isWord("Owner", "User Access Administrator")
        ? [
            violation(
              resource.at("roleDefinitionName"),
              "Owner or User Access Administrator is assigned",
            ),
          ]
        : [],
    ...forTypes(
      ["projects", "folder", "organizations"].flatMap((place) => [
        `gcp:${place}/iAMMember:IAMMember`,
        `gcp:${place}/iAMBinding:IAMBinding`,
      ]),
      (resource) => {
        const role = resource.at("role");
        if (role.unknown) return [undecided(role)];
        return ["roles/owner", "roles/editor"].includes(role.text ?? "")
          ? [violation(role, `${role.text} is granted on everything below`)]
          : [];
      },
    ),
  },
};
