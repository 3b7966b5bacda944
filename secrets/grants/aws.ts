import { allowStatements, type Statement } from "../../policy/lib/check/policy-document";
import { globToRegExp } from "../../policy/lib/glob";
import type { Graph } from "../../policy/lib/graph/graph";
import type { Resource } from "../../policy/lib/resource";
import type { Value } from "../../policy/lib/value/value";
import type { Grant } from "./grant";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const READ = "secretsmanager:GetSecretValue";

/** Roles, by the policies in them and those attached to them. */
export function awsGrants(graph: Graph): Grant[] {
  const inline = graph
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .flatMap((policy) => grants(policy.at("policy"), rolesOf(graph, policy)));
  const attached = graph
    .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .flatMap((attachment) =>
      graph
        .links(attachment, attachment.at("policyArn"), [POLICY])
        .resources.flatMap((policy) => grants(policy.at("policy"), rolesOf(graph, attachment))),
    );
  return [...inline, ...attached];
}

function rolesOf(graph: Graph, policy: Resource): (Resource | string)[] {
  const { resources, outside } = graph.links(policy, policy.at("role"), [ROLE]);
  return [...resources, ...outside];
}

function grants(policy: Value, identities: readonly (Resource | string)[]): Grant[] {
  const reading = allowStatements(policy).statements.filter(reads);
  return reading.flatMap(({ resources }) =>
    identities.map((identity) => ({
      identity,
      covers: (id) => resources.some(({ text = "" }) => globToRegExp(text).test(id)),
    })),
  );
}

const reads = ({ actions, inverted }: Statement): boolean =>
  actions.some(({ text = "" }) => globToRegExp(text.toLowerCase()).test(READ.toLowerCase())) !==
  inverted;
