import { hasOwnInterface, tasksOf } from "../../../lib/deployability/aws/tasks";
import { SERVICE, TARGET_GROUP } from "../../../lib/deployability/aws/types";
import { about, targets, valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-ecs-target-type-ip",
  title: "Target groups of tasks with their own network interface take addresses",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterException: The provided target group has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.",
  },
  fix: 'Set targetType "ip" of the target group; the default is instance. A change replaces the group.',
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  checkStack: {
    types: [SERVICE],
    run: (graph) =>
      graph.ofType(SERVICE).flatMap((service) => about(service, checkService(graph, service))),
  },
});

function checkService(graph: Graph, service: Resource): Report[] {
  const arns = valuesAt(service.props, "loadBalancers[].targetGroupArn");
  const groups = targets(graph, service, arns, TARGET_GROUP);
  if (groups.found.length + groups.open.length === 0) return [];
  const own = ownInterface(graph, service);
  if (own === false) return [];
  if (own !== true) return [own];
  return [...groups.found.flatMap(({ resource, at }) => checkGroup(resource, at)), ...groups.open];
}

/** Whether a service's tasks have an interface of their own; Fargate's always have. */
function ownInterface(graph: Graph, service: Resource): boolean | Report {
  if (service.at("launchType").isWord("FARGATE")) return true;
  const { found, open } = tasksOf(graph, service);
  const [task] = found;
  if (task === undefined) return open[0] ?? false;
  const own = hasOwnInterface(task.resource);
  return typeof own === "boolean" ? own : { ...undecided(own), path: task.at.path };
}

function checkGroup(group: Resource, at: Value): Report[] {
  const type = group.at("targetType");
  if (type.unknown) return [{ ...undecided(type), path: at.path }];
  if (type.isWord("ip")) return [];
  const given = type.absent ? "instance by default" : String(type.raw);
  return [
    {
      ...violation(at, `the target group ${group.name} has target type ${given}`),
      answer: `InvalidParameterException: The provided target group ${group.outputs.at("arn").text ?? group.name} has target type ${type.text ?? "instance"}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    },
  ];
}
