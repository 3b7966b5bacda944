import { allowStatements, type Statement } from "../../check/policy-document";
import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { undecided, type Report } from "../../rule";
import type { Value } from "../../value/value";
import { actionGranted } from "./iam";
import { KEY, KEY_POLICY } from "./types";

/** The policy a key has in the end, and the resource that gives it, which may come after the key. */
export interface KeyPolicy {
  readonly owner: Resource;
  readonly policy: Value;
}

/** The policy of a key: its own, or that of a KeyPolicy; undefined where it has AWS's default. */
export function policyOfKey(graph: Graph, key: Resource): KeyPolicy | undefined {
  const [apart] = graph
    .referrers(key, KEY_POLICY)
    .filter((owner) => graph.links(owner, owner.at("keyId"), [KEY]).resources.includes(key));
  if (apart !== undefined) return { owner: apart, policy: apart.at("policy") };
  const policy = key.at("policy");
  return policy.absent || policy.text === "" ? undefined : { owner: key, policy };
}

/** What a service lacks of the actions it needs on a key; a report where the policy does not tell yet. */
export function lacking(
  { policy }: KeyPolicy,
  service: RegExp,
  actions: readonly string[],
  applies: (statement: Statement) => boolean = () => true,
): readonly string[] | Report {
  const { statements, unknown } = allowStatements(policy);
  const own = statements.filter(
    (statement) =>
      applies(statement) &&
      statement.principals.some(
        ({ text }) => text !== undefined && (text === "*" || service.test(text)),
      ),
  );
  const missing = actions.filter(
    (action) => !own.some((statement) => actionGranted(statement, action) === true),
  );
  if (missing.length === 0) return [];
  const open = [
    ...unknown,
    ...statements.flatMap(({ principals }) => principals.filter((one) => one.unknown)),
  ];
  return open[0] === undefined ? missing : undecided(open[0]);
}
