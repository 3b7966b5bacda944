import { containersOf } from "../../../lib/deployability/aws/tasks";
import { LOG_GROUP, SERVICE, TASK } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "aws-awslogs-group-exists",
  title: "The log group of a task is made before the task",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Every task stops: ResourceInitializationError: failed to validate logger args: The specified log group does not exist.",
  },
  fix: "Take awslogs-group from a LogGroup of the program, in the same region, and set awslogs-region and awslogs-stream-prefix.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  checkStack: {
    types: [TASK],
    run: (graph) => graph.ofType(TASK).flatMap((task) => about(task, checkTask(graph, task))),
  },
});

function checkTask(graph: Graph, task: Resource): Report[] {
  const { containers, open } = containersOf(task);
  return [
    ...open,
    ...containers.flatMap(({ at, label }) => {
      const log = at.at("logConfiguration");
      if (!log.at("logDriver").isWord("awslogs")) return [];
      const options = log.at("options");
      if (options.unknown) return [undecided(options)];
      return [...checkOptions(task, options, label), ...checkGroup(graph, task, options, label)];
    }),
  ];
}

/** Fargate has no defaults for these. */
function checkOptions(task: Resource, options: Value, label: string): Report[] {
  if (!task.at("requiresCompatibilities").each.some((one) => one.isWord("FARGATE"))) return [];
  return ["awslogs-region", "awslogs-stream-prefix"].flatMap((name) => {
    const option = options.at(name);
    if (option.present && option.text !== "") return [];
    return [
      {
        ...violation(option, `the log of container ${label} has no ${name}`),
        answer: `ClientException: Log driver awslogs requires options: ${name}`,
      },
    ];
  });
}

function checkGroup(graph: Graph, task: Resource, options: Value, label: string): Report[] {
  const name = options.at("awslogs-group");
  if (options.at("awslogs-create-group").boolean === true) return [];
  if (name.absent || name.text === "")
    return [
      {
        ...violation(name, `the log of container ${label} names no log group`),
        answer: "ClientException: Log driver awslogs requires options: awslogs-group",
      },
    ];
  const { resources, complete } = graph.links(task, name, [LOG_GROUP]);
  const [group] = resources;
  if (group === undefined) {
    if (!complete || name.unknown) return [undecided(name)];
    return [violation(name, `no log group of the plan has the name ${name.text}`)];
  }
  if (graph.closure(task).has(group)) return [];
  const runners = graph.referrers(task, SERVICE);
  const waited = runners.length > 0 && runners.every((runner) => graph.closure(runner).has(group));
  return waited ? [] : [violation(name, `the task does not wait for the log group ${group.name}`)];
}
