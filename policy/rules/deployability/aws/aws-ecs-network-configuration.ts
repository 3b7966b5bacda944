import { hasOwnInterface } from "../../../lib/deployability/aws/tasks";
import { SERVICE, TASK } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

/** What runs tasks: where it names them, and where it says how. */
const RUNNERS: Readonly<Record<string, { task: string; settings: string }>> = {
  [SERVICE]: { task: "taskDefinition", settings: "" },
  "aws:cloudwatch/eventTarget:EventTarget": {
    task: "ecsTarget.taskDefinitionArn",
    settings: "ecsTarget",
  },
  "aws:scheduler/schedule:Schedule": {
    task: "target.ecsParameters.taskDefinitionArn",
    settings: "target.ecsParameters",
  },
};

export const rule = deployability({
  id: "aws-ecs-network-configuration",
  title: "Tasks with their own network interface are told their subnets",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  },
  fix: "Set networkConfiguration with subnets and security groups on what runs the task.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
  checkStack: {
    types: Object.keys(RUNNERS),
    run: (graph) =>
      graph
        .ofType(...Object.keys(RUNNERS))
        .flatMap((runner) => about(runner, checkRunner(graph, runner))),
  },
});

function checkRunner(graph: Graph, runner: Resource): Report[] {
  const { task = "", settings = "" } = RUNNERS[runner.type] ?? {};
  const place = settings === "" ? runner.props : runner.at(settings);
  if (!place.isObject) return [];
  const subnets = place.at("networkConfiguration").at("subnets");
  if (subnets.unknown || subnets.each.length > 0) return [];
  const own = ownInterface(graph, runner, runner.at(task), place);
  if (own === false) return [];
  return own === true ? [violation(subnets, "the tasks have no subnets")] : [own];
}

function ownInterface(
  graph: Graph,
  runner: Resource,
  task: Value,
  settings: Value,
): boolean | Report {
  const providers = settings.at("capacityProviderStrategies").items;
  const fargate = [
    settings.at("launchType"),
    ...providers.map((one) => one.at("capacityProvider")),
  ];
  if (fargate.some((value) => value.isWord("FARGATE", "FARGATE_SPOT"))) return true;
  const { found, open } = targets(graph, runner, [task], TASK);
  const [first] = found;
  if (first === undefined) return open[0] ?? false;
  const own = hasOwnInterface(first.resource);
  return typeof own === "boolean" ? own : { ...undecided(own), path: task.path };
}
