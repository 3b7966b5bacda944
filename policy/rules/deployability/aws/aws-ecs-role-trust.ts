import { rolesOf, trusts } from "../../../lib/deployability/aws/iam";
import { TASK } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { violation, type Report } from "../../../lib/rule";

const TASKS = "ecs-tasks.amazonaws.com";

export const rule = deployability({
  id: "aws-ecs-role-trust",
  title: "Roles of tasks trust ecs-tasks.amazonaws.com",
  fails: {
    when: "runtime",
    effect: "broken",
    answer: "ECS was unable to assume the role; every task stops before it starts.",
  },
  fix: "Let the role's trust policy allow sts:AssumeRole to the service ecs-tasks.amazonaws.com; ecs.amazonaws.com and ec2.amazonaws.com are others.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  checkStack: {
    types: [TASK],
    run: (graph) => graph.ofType(TASK).flatMap((task) => about(task, checkTask(graph, task))),
  },
});

function checkTask(graph: Graph, task: Resource): Report[] {
  const { found, open } = rolesOf(graph, task, "executionRoleArn", "taskRoleArn");
  const reports = found.flatMap(({ resource: role, at }): Report[] => {
    const trusted = trusts(role, TASKS);
    if (trusted === true) return [];
    if (trusted === false) return [violation(at, `the role ${role.name} does not trust ${TASKS}`)];
    return [{ ...trusted, path: at.path }];
  });
  return [...reports, ...open];
}
