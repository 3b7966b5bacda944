import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { taskDefinitionOf, taskProblem } from "./ecs-tasks";

/** A service that waits for its tasks fails where they cannot start. */
export function refuseService(draft: Draft): undefined {
  const { inputs, cloud } = draft;
  const definition = taskDefinitionOf(cloud, inputs.taskDefinition);
  if (definition === undefined) return undefined;
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
