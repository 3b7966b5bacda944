import { sickness } from "../lib/images";
import type { CloudObject } from "../lib/store";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { deploy } from "./ecs-deployments";
import { imagesOf, taskDefinitionOf, taskProblem } from "./ecs-tasks";

/** A service that waits for its tasks fails where they cannot start. */
export function refuseService(draft: Draft): undefined {
  const { inputs, cloud } = draft;
  const definition = taskDefinitionOf(cloud, inputs.taskDefinition);
  if (definition === undefined) return undefined;
  const wanted = (inputs.desiredCount ?? 0) > 0;
  const problem = wanted ? taskProblem(draft, definition) : undefined;
  refuse(draft, problem ?? imagesOf(definition).map(sickness).find(Boolean));
  return undefined;
}

/** A changed service is deployed; what its images do is seen beside the revision that serves. */
export async function updateService(draft: Draft, old: CloudObject): Promise<undefined> {
  const { inputs, cloud } = draft;
  const definition = taskDefinitionOf(cloud, inputs.taskDefinition);
  const wanted = (inputs.desiredCount ?? 0) > 0;
  if (definition && wanted) refuse(draft, taskProblem(draft, definition));
  await deploy(draft, old);
  return undefined;
}

/** A service without a proof of its start is made all the same; its events then tell why it has no task. */
function refuse({ inputs, id }: Draft, problem: string | undefined): void {
  if (problem === undefined || inputs.waitForSteadyState !== true) return;
  throw new CloudError(
    `waiting for ECS Service (${id}) to reach a steady state: tasks failed to start: ${problem} (simulated)`,
  );
}
