import { allowStatements, type Statement } from "../../check/policy-document";
import { globToRegExp } from "../../glob";
import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { undecided, type Report } from "../../rule";
import type { Value } from "../../value/value";
import { cannotTell, targets, valuesAt } from "../links";
import { ROLE } from "./types";

/** Whether something is granted: yes, no, or what would have to be known. */
export type Granted = boolean | Report;

const POLICY = "aws:iam/policy:Policy";

/** Types that attach policies to roles, with the path of the role. */
export const ATTACHMENTS: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/rolePolicy:RolePolicy": ["role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role"],
  "aws:iam/policyAttachment:PolicyAttachment": ["roles[]"],
};

/** Roles that properties name, by ARN or by name. */
export function rolesOf(graph: Graph, resource: Resource, ...paths: string[]) {
  return targets(
    graph,
    resource,
    paths.map((path) => resource.at(path)),
    ROLE,
  );
}

/** Whether a service may take on a role. */
export function trusts(role: Resource, service: string): Granted {
  const { statements, unknown } = allowStatements(role.at("assumeRolePolicy"));
  const open: Value[] = [...unknown];
  for (const { actions, principals } of statements) {
    if (!actions.some((action) => action.unknown || matches(action, "sts:AssumeRole"))) continue;
    if (principals.some((one) => one.text === service || one.text === "*")) return true;
    open.push(...principals.filter((one) => one.unknown));
  }
  return open[0] === undefined ? false : undecided(open[0]);
}

/** What a statement of a policy has to grant. */
export interface Wanted {
  readonly action: string;
  /** Whether a value of Resource covers the thing meant; undefined where that cannot be told. */
  readonly covers: (owner: Resource, value: Value) => boolean | undefined;
}

/** Whether the policies of a role, inline, attached or managed by AWS, grant something. */
export function grants(graph: Graph, role: Resource, wanted: Wanted): Granted {
  const { documents, open } = policiesOf(graph, role);
  const reports = [...open];
  for (const { owner, policy } of documents) {
    const granted = documentGrants(owner, policy, wanted);
    if (granted === true) return true;
    if (granted !== false) reports.push(granted);
  }
  return reports[0] ?? managedGrants(graph, role, wanted.action);
}

/** Whether a policy's text grants something. */
export function documentGrants(owner: Resource, policy: Value, wanted: Wanted): Granted {
  const { statements, unknown } = allowStatements(policy);
  const open: Value[] = [...unknown];
  for (const statement of statements) {
    const acts = actionGranted(statement, wanted.action);
    if (acts === false) continue;
    const { resources } = statement;
    const covered = resources.length === 0 || resources.some((one) => one.text === "*");
    const answers = resources.map((one) => wanted.covers(owner, one));
    if (covered || answers.includes(true)) {
      if (acts === true) return true;
      open.push(statement.at);
    } else if (answers.includes(undefined)) open.push(statement.at);
  }
  return open[0] === undefined
    ? false
    : cannotTell(open[0], "a statement of the policy has parts that are not known");
}

/** Whether a statement grants an action, whatever it grants it on. */
export function actionGranted(
  { actions, inverted }: Statement,
  action: string,
): boolean | undefined {
  const named = actions.some((one) => matches(one, action));
  if (inverted) return !named;
  return named ? true : actions.some((one) => one.unknown) ? undefined : false;
}

function matches(action: Value, wanted: string): boolean {
  const { text } = action;
  return text !== undefined && globToRegExp(text.toLowerCase()).test(wanted.toLowerCase());
}

interface Policies {
  readonly documents: readonly { readonly owner: Resource; readonly policy: Value }[];
  readonly open: readonly Report[];
}

function policiesOf(graph: Graph, role: Resource): Policies {
  const documents = valuesAt(role.props, "inlinePolicies[].policy").map((policy) => ({
    owner: role,
    policy,
  }));
  const open: Report[] = [];
  const addManaged = (owner: Resource, arn: Value): void => {
    const { found, open: rest } = targets(graph, owner, [arn], POLICY);
    documents.push(
      ...found.map(({ resource }) => ({ owner: resource, policy: resource.at("policy") })),
    );
    if (!isManagedByAws(arn)) open.push(...rest);
  };
  for (const arn of role.at("managedPolicyArns").each) addManaged(role, arn);
  for (const attachment of attachmentsOf(graph, role)) {
    const inline = attachment.at("policy");
    if (inline.present) documents.push({ owner: attachment, policy: inline });
    else addManaged(attachment, attachment.at("policyArn"));
  }
  return { documents, open };
}

/** Resources that attach a policy to a role. */
export function attachmentsOf(graph: Graph, role: Resource): Resource[] {
  return graph
    .referrers(role, ...Object.keys(ATTACHMENTS))
    .filter((attachment) =>
      (ATTACHMENTS[attachment.type] ?? [])
        .flatMap((path) => valuesAt(attachment.props, path))
        .some((at) => graph.links(attachment, at, [ROLE]).resources.includes(role)),
    );
}

function managedArns(graph: Graph, role: Resource): Value[] {
  return [
    ...role.at("managedPolicyArns").each,
    ...attachmentsOf(graph, role).map((attachment) => attachment.at("policyArn")),
  ].filter(isManagedByAws);
}

function isManagedByAws(arn: Value): boolean {
  return /^arn:aws[\w-]*:iam::aws:policy\//.test(arn.text ?? "");
}

/** What policies that AWS keeps grant of the actions rules ask for, by the policy's name. */
const MANAGED: Readonly<Record<string, RegExp>> = {
  AdministratorAccess: /./,
  PowerUserAccess: /^(?!iam:)/,
  SecretsManagerReadWrite: /^secretsmanager:/,
  AWSSecretsManagerClientReadOnlyAccess: /^secretsmanager:Get/,
  AmazonSSMFullAccess: /^ssm:/,
  AmazonSSMReadOnlyAccess: /^ssm:Get/,
  AmazonElasticFileSystemFullAccess: /^elasticfilesystem:/,
  AmazonElasticFileSystemClientFullAccess: /^elasticfilesystem:Client/,
  AmazonElasticFileSystemClientReadWriteAccess: /^elasticfilesystem:Client(Mount|Write)/,
  AWSKeyManagementServicePowerUser: /^(?!kms:Decrypt)kms:/,
};

/** Families of managed policies that are about something else than secrets, parameters, keys and files. */
const ELSEWHERE =
  /^(AmazonECS|AmazonEC2ContainerRegistry|CloudWatch|AWSXRay|AmazonS3|AmazonSQS|AmazonSNS|AmazonDynamoDB|AmazonRDS|AmazonElastiCache|AWSLambdaBasic|AWSLambdaVPC|AmazonSES|AmazonBedrock|AmazonPrometheus)/;

function managedGrants(graph: Graph, role: Resource, action: string): Granted {
  let open: Report | undefined;
  for (const arn of managedArns(graph, role)) {
    const name = arn.text?.slice((arn.text.lastIndexOf("/") ?? 0) + 1) ?? "";
    const granted = MANAGED[name];
    if (granted?.test(action) === true) return true;
    if (granted === undefined && !ELSEWHERE.test(name))
      open ??= cannotTell(arn, `what ${name} grants is not known here`);
  }
  return open ?? false;
}
