import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { containersOf } from "./ecs-task-checks";
import { taskDefinitionOf, taskProblem } from "./ecs-tasks";
import { LISTENER, LISTENER_RULE, TARGET_GROUP } from "./refs";

/** What only the cloud can refuse: target groups without a listener, ports, tasks that cannot start. */
export function refuseService(draft: Draft): undefined {
  const { inputs, cloud } = draft;
  const definition = taskDefinitionOf(cloud, inputs.taskDefinition);
  if (definition === undefined) return undefined;
  const awsvpc = definition.networkMode === "awsvpc";
  if (awsvpc && !((inputs.networkConfiguration?.subnets ?? []) as Plain[]).length) {
    refuse("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
  for (const entry of (inputs.loadBalancers ?? []) as Plain[]) {
    refuseTarget(draft, entry, definition, awsvpc);
  }
  const wanted = (inputs.desiredCount ?? 0) > 0;
  const problem = wanted ? taskProblem(draft, definition) : undefined;
  // A service without a proof of its start is made all the same; its events then tell why it has no task.
  if (problem !== undefined && inputs.waitForSteadyState === true) {
    throw new CloudError(
      `waiting for ECS Service (${draft.id}) to reach a steady state: tasks failed to start: ${problem} (simulated)`,
    );
  }
  return undefined;
}

function refuseTarget(
  { cloud }: Draft,
  { targetGroupArn, containerName, containerPort }: Plain,
  definition: Plain,
  awsvpc: boolean,
): void {
  if (targetGroupArn !== undefined) {
    const forwarders = [...cloud.all(LISTENER), ...cloud.all(LISTENER_RULE)];
    const used = forwarders.some(({ references }) =>
      references.some(({ type, id }) => type === TARGET_GROUP && id === targetGroupArn),
    );
    if (!used) {
      refuse(
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
      );
    }
    const group = cloud.find(TARGET_GROUP, String(targetGroupArn));
    const type: unknown = group && plain(group.outputs.targetType);
    if (awsvpc && type === "instance") {
      refuse(
        `The provided target group ${targetGroupArn} has target type instance, which is incompatible with the awsvpc ` +
          "network mode specified in the task definition.",
      );
    }
  }
  const containers = containersOf(definition.containerDefinitions);
  if (containers === "broken") return;
  const container = containers.find(({ name }) => name === containerName);
  if (container === undefined) {
    refuse(`The container ${containerName} does not exist in the task definition.`);
  }
  const ports = ((container.portMappings ?? []) as Plain[]).map((mapping) => mapping.containerPort);
  if (!ports.includes(containerPort)) {
    refuse(
      `The container ${containerName} did not have a container port ${containerPort} defined.`,
    );
  }
}

function refuse(sentence: string): never {
  throw new CloudError(`InvalidParameterException: ${sentence}`);
}
