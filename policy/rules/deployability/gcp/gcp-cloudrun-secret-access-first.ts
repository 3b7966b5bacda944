import { ofEach } from "../../../lib/deployability/each";
import { isFor, mayGive } from "../../../lib/deployability/gcp/grants";
import { linked } from "../../../lib/deployability/gcp/named";
import {
  PROJECT_BINDING,
  PROJECT_MEMBER,
  SECRET,
  SECRET_BINDING,
  SECRET_MEMBER,
  WORKLOADS,
} from "../../../lib/deployability/gcp/types";
import { accountOf, secretsOf, templateOf } from "../../../lib/deployability/gcp/workloads";
import { cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const ACCESSORS = [
  "roles/secretmanager.secretAccessor",
  "roles/secretmanager.admin",
  "roles/owner",
];

export const rule = deployability({
  id: "gcp-cloudrun-secret-access-first",
  title: "What reads a secret on Cloud Run waits for its account's access to it",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "Revision is not ready and cannot serve traffic. Permission denied on secret for Revision service account. The service account used must be granted the 'Secret Manager Secret Accessor' role.",
  },
  fix: "Grant roles/secretmanager.secretAccessor on the secret to template.serviceAccount, and let the service or job depend on the grant (dependsOn).",
  source: "https://cloud.google.com/run/docs/configuring/services/secrets",
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const template = templateOf(workload);
    if (template.unknown) {
      const secrets = graph.links(workload, template, [SECRET]).resources;
      return secrets.length === 0 ? [] : [undecided(template)];
    }
    return secretsOf(workload).flatMap(({ secret }) => check(graph, workload, secret));
  }),
});

function check(graph: Graph, workload: Resource, at: Value): Report[] {
  const { resource: secret, open } = linked(graph, workload, at, SECRET);
  if (secret === undefined) return [...open];
  const account = accountOf(graph, workload);
  const own = grantsOn(graph, secret);
  const before = graph.closure(workload);
  const isDefault = account.at.absent || account.at.text === "";
  const fitting = isDefault
    ? own
    : [...own, ...projectGrants(graph)].filter((grant) =>
        isFor(graph, grant, account.resource, account.at.text),
      );
  if (fitting.some((grant) => before.has(grant))) return [];
  const [later] = fitting;
  if (later !== undefined)
    return [violation(at, `nothing makes it wait for ${later.name}, its access to ${secret.name}`)];
  if (account.resource !== undefined)
    return [
      violation(at, `nothing in the plan gives ${account.resource.name} access to ${secret.name}`),
    ];
  if (isDefault)
    return [cannotTell(at, "it runs as the project's default account, whose roles are not here")];
  return account.open.length > 0 ? [...account.open] : [undecided(account.at)];
}

function grantsOn(graph: Graph, secret: Resource): Resource[] {
  return graph
    .ofType(SECRET_MEMBER, SECRET_BINDING)
    .filter(
      (grant) =>
        mayGive(grant, ACCESSORS) &&
        linked(graph, grant, grant.at("secretId"), SECRET).resource === secret,
    );
}

function projectGrants(graph: Graph): Resource[] {
  return graph.ofType(PROJECT_MEMBER, PROJECT_BINDING).filter((grant) => mayGive(grant, ACCESSORS));
}
