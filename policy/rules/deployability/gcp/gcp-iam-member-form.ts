import { ofEach } from "../../../lib/deployability/each";
import { membersOf } from "../../../lib/deployability/gcp/grants";
import { ACCOUNT, PROJECT_BINDING, PROJECT_POLICY } from "../../../lib/deployability/gcp/types";
import { isAccount } from "../../../lib/deployability/gcp/workloads";
import { outputsOf } from "../../../lib/deployability/references";
import { deployability } from "../../../lib/deployability/rule";
import { forTypes, undecided, violation, type Check, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const FORM =
  /^(((deleted:)?(serviceAccount|user|group|domain)|principal|principalSet|projectOwner|projectEditor|projectViewer):.|allUsers$|allAuthenticatedUsers$)/;
const PREFIX =
  /^((deleted:)?(serviceAccount|user|group|domain)|principal|principalSet|projectOwner|projectEditor|projectViewer):/;

/** Modules and resources whose IAM members are written `IAM`, and those written `Iam`. */
const UPPER = [
  "projects/",
  "folder/",
  "organizations/",
  "serviceaccount/",
  "kms/cryptoKey",
  "kms/keyRing",
  "pubsub/topic",
  "pubsub/subscription",
  "storage/bucket",
];
const LOWER = [
  "artifactregistry/repository",
  "bigquery/dataset",
  "cloudfunctionsv2/function",
  "cloudrunv2/job",
  "cloudrunv2/service",
  "iap/webBackendService",
  "secretmanager/regionalSecret",
  "secretmanager/secret",
];

const tokens = (kind: "Member" | "Binding"): string[] => [
  ...UPPER.map((stem) => token(stem, "iAM", "IAM", kind)),
  ...LOWER.map((stem) => token(stem, "iam", "Iam", kind)),
];

function token(stem: string, small: string, large: string, kind: string): string {
  const [module = "", name = ""] = stem.split("/");
  const file = name === "" ? `${small}${kind}` : `${name}${large}${kind}`;
  return `gcp:${module}/${file}:${file.charAt(0).toUpperCase()}${file.slice(1)}`;
}

const TYPES = [...tokens("Member"), ...tokens("Binding")];

export const rule = deployability({
  id: "gcp-iam-member-form",
  title: "IAM members say what they are, and no binding takes a project's basic roles from others",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400: Invalid argument: the member needs a type prefix, or the service account does not exist.",
  },
  fix: 'Write members as "serviceAccount:<email>" from the account\'s own output (Account.member), and use IAMMember instead of IAMPolicy and of IAMBinding for basic and agent roles.',
  source: "https://cloud.google.com/iam/docs/principal-identifiers",
  check: {
    ...forTypes(TYPES, (grant) => membersOf(grant).flatMap(checkMember)),
    [PROJECT_BINDING]: (grant, context) => [
      ...membersOf(grant).flatMap(checkMember),
      ...checkRole(grant, context),
    ],
    [PROJECT_POLICY]: (policy) => [
      {
        ...violation(
          policy.at("policyData"),
          "the policy takes every other member off the project",
        ),
        answer: "members that are not listed lose their roles, Google's own agents too.",
      },
    ],
  },
  checkStack: ofEach(TYPES, (grant, graph): Report[] => {
    const accounts = graph.ofType(ACCOUNT);
    return membersOf(grant).flatMap((member): Report[] => {
      const email = member.text?.replace(/^serviceAccount:/, "");
      const account = accounts.find((one) => isAccount(one, email));
      if (account === undefined || graph.closure(grant).has(account)) return [];
      return [violation(member, `nothing makes it wait for ${account.name}, which ${email} names`)];
    });
  }),
});

function checkMember(member: Value): Report[] {
  if (member.unknown) {
    if (member.prefix !== "")
      return PREFIX.test(member.prefix)
        ? []
        : [violation(member, `"${member.prefix}..." does not begin with a kind of member`)];
    const outputs = outputsOf(member);
    if (outputs.some((output) => /^(email|uniqueId|accountId|name|id)$/.test(output)))
      return [
        violation(member, `the member is an account's ${outputs[0]} without serviceAccount:`),
      ];
    return outputs.some((output) => output !== "") ? [] : [undecided(member)];
  }
  if (member.text === undefined || FORM.test(member.text)) return [];
  return [violation(member, `"${member.text}" does not begin with a kind of member`)];
}

const checkRole: Check = (grant) => {
  const role = grant.at("role");
  if (role.unknown) return [undecided(role)];
  return /^roles\/(owner|editor)$|\.?serviceAgent$/.test(role.text ?? "")
    ? [
        {
          ...violation(role, `the binding takes ${role.text} from everybody else in the project`),
          answer: "other products break later, since their agents have lost the role.",
        },
      ]
    : [];
};
