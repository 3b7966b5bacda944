import { ATTACHMENTS, rolesOf } from "../../../lib/deployability/aws/iam";
import { tasksOf } from "../../../lib/deployability/aws/tasks";
import { ROLE, SERVICE } from "../../../lib/deployability/aws/types";
import type { Targets } from "../../../lib/deployability/links";
import { ordered } from "../../../lib/deployability/ordering";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "aws-ecs-service-after-policies",
  title: "A service starts after the policies of its roles are attached, and ends before they go",
  fails: {
    when: "create",
    effect: "hang",
    answer:
      "Tasks fail with AccessDeniedException until the policy is attached; when the stack is destroyed the service hangs in DRAINING.",
  },
  fix: "Let the service depend on the RolePolicy and RolePolicyAttachment resources of its roles; a reference to the role does not wait for them.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/ecs/service/",
  checkStack: ordered({
    of: [SERVICE],
    parents: [ROLE],
    uses: rolesOfService,
    siblings: ATTACHMENTS,
    need: "every",
    later: (attachment, role) =>
      `the service does not wait for ${attachment.name}, which grants to the role ${role.name}`,
  }),
});

/** Roles of a service's tasks and its own; those that are not known are other rules' concern. */
function rolesOfService(graph: Graph, service: Resource): Targets {
  const tasks = tasksOf(graph, service);
  const own = rolesOf(graph, service, "iamRole").found;
  const roles = tasks.found.flatMap(
    ({ resource: task }) => rolesOf(graph, task, "executionRoleArn", "taskRoleArn").found,
  );
  const at = service.at("taskDefinition");
  const found = new Set([...own, ...roles].map(({ resource }) => resource));
  return { found: [...found].map((resource) => ({ resource, at })), open: tasks.open };
}
