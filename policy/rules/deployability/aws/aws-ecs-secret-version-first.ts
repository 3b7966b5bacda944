import { injectedSecrets } from "../../../lib/deployability/aws/secrets";
import { tasksOf } from "../../../lib/deployability/aws/tasks";
import {
  SECRET,
  SECRET_ROTATION,
  SECRET_VERSION,
  SERVICE,
} from "../../../lib/deployability/aws/types";
import type { Targets } from "../../../lib/deployability/links";
import { ordered } from "../../../lib/deployability/ordering";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "aws-ecs-secret-version-first",
  title: "A service starts after the secrets of its tasks are filled",
  confidence: "medium",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "The first tasks stop: ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT.",
  },
  fix: "Let the service depend on the SecretVersion, or take the secret's ARN from the version; the task definition waits for the empty secret only.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
  checkStack: ordered({
    of: [SERVICE],
    parents: [SECRET],
    uses: secretsOf,
    siblings: { [SECRET_VERSION]: ["secretId"] },
    need: "every",
    none: (secret, _service, graph) =>
      graph.referrers(secret, SECRET_ROTATION).length > 0
        ? undefined
        : `nothing of the plan fills the secret ${secret.name}`,
    later: (version, secret) =>
      `the service does not wait for ${version.name}, which fills ${secret.name}`,
  }),
});

/** Secrets that the tasks of a service are given, each once. */
function secretsOf(graph: Graph, service: Resource): Targets {
  const tasks = tasksOf(graph, service);
  const secrets = tasks.found.flatMap(({ resource: task }) =>
    injectedSecrets(graph, task).flatMap(({ target }) => (target?.type === SECRET ? [target] : [])),
  );
  const at = service.at("taskDefinition");
  return { found: [...new Set(secrets)].map((resource) => ({ resource, at })), open: tasks.open };
}
