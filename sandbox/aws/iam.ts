import { createHash } from "node:crypto";
import type { Draft, Failure, FunctionRule, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const path = (draft: Draft): string => draft.inputs.path ?? "/";
const arn = (kind: string) => (draft: Draft) =>
  `arn:${draft.place.partition}:iam::${draft.place.account}:${kind}${path(draft)}${draft.name}`;

export const types: Record<string, TypeTable> = {
  [ROLE]: {
    scope: "account",
    name: { property: "name", prefixProperty: "namePrefix", max: 64 },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    outputs: {
      arn: arn("role"),
      uniqueId: "AROA{letters:17}",
      createDate: () => new Date().toISOString(),
    },
    json: ["assumeRolePolicy"],
    replaceOn: ["path"],
    validate: (inputs) => documentFailures("assumeRolePolicy", inputs),
    exists: "api error EntityAlreadyExists: Role with name {name} already exists.",
    missing: "api error NoSuchEntity: The role with name {value} cannot be found.",
    inUse: "api error DeleteConflict: Cannot delete entity, must detach all policies first.",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    scope: "account",
    name: { property: "name", prefixProperty: "namePrefix", within: ["role"] },
    id: "{in.role}:{name}",
    json: ["policy"],
    references: { role: ROLE },
    replaceOn: ["role"],
    validate: (inputs) => documentFailures("policy", inputs),
  },
  [POLICY]: {
    scope: "account",
    name: { property: "name", prefixProperty: "namePrefix", max: 128 },
    id: arn("policy"),
    defaults: { path: "/" },
    outputs: { arn: "{id}", policyId: "ANPA{letters:17}", attachmentCount: 0 },
    json: ["policy"],
    replaceOn: ["path", "description"],
    validate: (inputs) => documentFailures("policy", inputs),
    exists:
      "api error EntityAlreadyExists: A policy called {name} already exists. Duplicate names are not allowed.",
    missing: "api error NoSuchEntity: Policy {value} does not exist or is not attachable.",
    inUse: "api error DeleteConflict: Cannot delete a policy attached to entities.",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    scope: "account",
    id: "{in.role}-{digits:24}",
    references: { role: ROLE, policyArn: `${POLICY}#arn` },
    quota: {
      ...{ most: 10, per: "role" },
      answer: "api error LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10",
    },
    replaceOn: ["role", "policyArn"],
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    scope: "account",
    name: { property: "name", prefixProperty: "namePrefix", max: 128 },
    defaults: { path: "/" },
    outputs: { arn: arn("instance-profile"), uniqueId: "AIPA{letters:17}" },
    references: { role: ROLE },
    replaceOn: ["path"],
    exists: "api error EntityAlreadyExists: Instance Profile {name} already exists.",
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    scope: "account",
    id: (draft) =>
      `arn:${draft.place.partition}:iam::${draft.place.account}:oidc-provider/${String(draft.inputs.url).replace("https://", "")}`,
    outputs: { arn: "{id}" },
    replaceOn: ["url"],
  },
};

/** IAM reads documents strictly; text that is not JSON is refused before anything is created. */
function documentFailures(property: string, inputs: Plain): Failure[] {
  const text = inputs[property];
  if (typeof text !== "string") return [];
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [
      {
        property,
        reason: `"${property}" contains an invalid JSON policy: ${(error as Error).message}`,
      },
    ];
  }
}

const one = (list: Plain[] | undefined): Plain => (list?.length === 1 ? list[0] : list);

function principals(list: Plain[] | undefined): Plain {
  if (list === undefined) return undefined;
  if (list.some((item) => item.type === "*")) return "*";
  return Object.fromEntries(list.map((item) => [item.type, one(item.identifiers)]));
}

function conditions(list: Plain[] | undefined): Plain {
  if (list === undefined) return undefined;
  const out: Record<string, Record<string, Plain>> = {};
  for (const { test, variable, values } of list)
    out[test] = { ...out[test], [variable]: one(values) };
  return out;
}

/** Renders a document from its statements, as the provider does without asking the cloud. */
const policyDocument: FunctionRule = (args) => {
  const statements = (args.statements ?? []).map((statement: Plain) => ({
    Sid: statement.sid,
    Effect: statement.effect ?? "Allow",
    Principal: principals(statement.principals),
    NotPrincipal: principals(statement.notPrincipals),
    Action: one(statement.actions),
    NotAction: one(statement.notActions),
    Resource: one(statement.resources),
    NotResource: one(statement.notResources),
    Condition: conditions(statement.conditions),
  }));
  const document = {
    Version: args.version ?? "2012-10-17",
    Id: args.policyId,
    Statement: statements,
  };
  const json = JSON.stringify(document, null, 2);
  const id = createHash("sha256").update(json).digest("hex").slice(0, 10);
  return { ...args, id, json, minifiedJson: JSON.stringify(document) };
};

export const functions: Record<string, FunctionRule> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
};
