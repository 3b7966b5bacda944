import { allowStatements } from "../../../lib/check/policy-document";
import { actionGranted, grants, rolesOf, type Wanted } from "../../../lib/deployability/aws/iam";
import { injectedSecrets, type InjectedSecret } from "../../../lib/deployability/aws/secrets";
import { containersOf } from "../../../lib/deployability/aws/tasks";
import { KEY, PARAMETER, SECRET, TASK } from "../../../lib/deployability/aws/types";
import { about, cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { globToRegExp } from "../../../lib/glob";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-exec-role-secret-read",
  title: "The execution role may read every secret that is handed to a container",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Every task stops: ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException.",
  },
  fix: "Grant the execution role secretsmanager:GetSecretValue (ssm:GetParameters) on the secrets, and kms:Decrypt on their own key; the task role and AmazonECSTaskExecutionRolePolicy do not count.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
  checkStack: {
    types: [TASK],
    run: (graph) => graph.ofType(TASK).flatMap((task) => about(task, checkTask(graph, task))),
  },
});

function checkTask(graph: Graph, task: Resource): Report[] {
  const injected = injectedSecrets(graph, task);
  const { open } = containersOf(task);
  if (injected.length === 0) return [...open];
  const roles = rolesOf(graph, task, "executionRoleArn");
  const [role] = roles.found;
  if (role === undefined) return [...roles.open];
  return injected.flatMap((secret) => checkSecret(graph, role.resource, task, secret));
}

function checkSecret(
  graph: Graph,
  role: Resource,
  task: Resource,
  secret: InjectedSecret,
): Report[] {
  const { target, valueFrom } = secret;
  const literal = valueFrom.text;
  if (target === undefined && literal === undefined) return [secret.open ?? undecided(valueFrom)];
  const isParameter =
    target?.type === PARAMETER || (literal !== undefined && !literal.includes(":secretsmanager:"));
  const action = isParameter ? "ssm:GetParameters" : "secretsmanager:GetSecretValue";
  const covers = coversThing(graph, target, literal);
  const granted = grants(graph, role, { action, covers });
  if (granted === false) {
    const what = target?.name ?? secret.name;
    return [violation(valueFrom, `the role ${role.name} has no ${action} on ${what}`)];
  }
  if (granted !== true) return [{ ...granted, path: valueFrom.path }];
  return target?.type === SECRET ? checkKey(graph, role, task, target, valueFrom) : [];
}

/** A key of one's own has to be granted too, by the role's policies or by the key's. */
function checkKey(
  graph: Graph,
  role: Resource,
  task: Resource,
  secret: Resource,
  at: Value,
): Report[] {
  const id = secret.at("kmsKeyId");
  if (id.absent || /alias\/aws\//.test(id.text ?? "")) return [];
  const [key] = graph.links(secret, id, [KEY]).resources;
  if (key === undefined)
    return [cannotTell(at, `the key of ${secret.name} is not part of the plan`)];
  const wanted: Wanted = { action: "kms:Decrypt", covers: coversThing(graph, key, undefined) };
  const granted = grants(graph, role, wanted);
  if (granted === true || keyLetsIn(graph, key, role)) return [];
  if (granted !== false) return [{ ...granted, path: at.path }];
  return [violation(at, `the role ${role.name} has no kms:Decrypt on the key of ${secret.name}`)];
}

/** True if the key's own policy names the role, or everybody who comes through Secrets Manager. */
function keyLetsIn(graph: Graph, key: Resource, role: Resource): boolean {
  return allowStatements(key.at("policy")).statements.some(
    (statement) =>
      actionGranted(statement, "kms:Decrypt") === true &&
      statement.principals.some(
        (one) => one.text === "*" || graph.links(key, one).resources.includes(role),
      ),
  );
}

function coversThing(
  graph: Graph,
  target: Resource | undefined,
  literal: string | undefined,
): Wanted["covers"] {
  const names = [literal, target?.outputs.at("arn").text, target?.id].filter(
    (name) => name !== undefined,
  );
  return (owner, value) => {
    const links = graph.links(owner, value);
    if (target !== undefined && links.resources.includes(target)) return true;
    const { text } = value;
    if (text === undefined) return links.resources.length > 0 && links.complete ? false : undefined;
    if (names.some((name) => globToRegExp(text).test(name) || name.startsWith(`${text}:`)))
      return true;
    if (!/[*?]/.test(text) || names.length > 0) return false;
    // Of a thing that is made by this plan only the update tells the ARN; an explicit name tells enough of it.
    const name = target?.at("name").text;
    if (name === undefined) return undefined;
    const pattern = globToRegExp(text.replace(/^.*?:(secret:|parameter\/?)/s, ""));
    return pattern.test(name.replace(/^\//, "")) || pattern.test(`${name}-AbCdEf`);
  };
}
