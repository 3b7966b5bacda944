import { createHash } from "node:crypto";
import { plannedExit } from "../lib/job-exits";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { historyOf, servingRevision } from "./ecs-deployments";
import { taskDefinitionOf, taskProblem } from "./ecs-tasks";
import { CLUSTER, ECS_SERVICE, FUNCTION, SECURITY_GROUP, SUBNET } from "./refs";

/** Variable by which a function tells that it runs a task to its end, as Portolan's does. */
const RUNS_TASK = "PORTOLAN_RUNS_TASK";

/**
 * What a simulated call answers, as JSON. No code is run: the four kinds of functions that Portolan
 * deploys do what they are for, told apart by their payload; any other answers that it was simulated.
 */
export function invoke(draft: Draft): string {
  const { inputs, cloud } = draft;
  const name = String(inputs.functionName);
  const target = cloud.find(FUNCTION, name) ?? cloud.find(FUNCTION, name, "arn");
  const variables: Plain = plain(target?.outputs.environment) as Plain;
  const event = payload(String(inputs.input), name);
  let result: Plain = { simulated: true };
  if (variables?.variables?.[RUNS_TASK] === "1") result = runTask(draft, name, event);
  else if (event.service !== undefined) result = checkDeployment(draft, name, event);
  else if (event.document !== undefined) result = releaseHost(draft, name, event);
  else if (event.repository !== undefined) result = copyImage(draft, name, event);
  return JSON.stringify(result);
}

function payload(text: string, name: string): Plain {
  try {
    return JSON.parse(text);
  } catch {
    throw new CloudError(
      `invoking Lambda Function (${name}): InvalidRequestContentException: Could not parse request body into json`,
    );
  }
}

/** Starts the task of the payload; its exit code is 0 or the planned one. */
function runTask(draft: Draft, name: string, event: Plain): Plain {
  const { cloud, place } = draft;
  const need = (type: string, value: unknown): void => {
    if (cloud.find(type, String(value)) !== undefined) return;
    fail(name, `ECS did not start ${event.taskDefinition}: ${String(value)} does not exist`);
  };
  need(CLUSTER, event.cluster);
  for (const subnet of event.subnets ?? []) need(SUBNET, subnet);
  for (const group of event.securityGroups ?? []) need(SECURITY_GROUP, group);
  const definition = taskDefinitionOf(cloud, event.taskDefinition);
  if (definition === undefined) {
    fail(name, `ECS did not start ${event.taskDefinition}: no such task definition`);
  }
  const problem = taskProblem(draft, definition);
  if (problem !== undefined) fail(name, `${event.container} never ran (${problem})`);
  const cluster = String(event.cluster).split("/").at(-1);
  const taskArn = `arn:${place.partition}:ecs:${place.region}:${place.account}:task/${cluster}/${draft.hex(32)}`;
  const exitCode = plannedExit("aws", String(event.container));
  if (exitCode !== 0) {
    fail(
      name,
      `${event.container} ended with exit code ${exitCode} (Essential container in task exited). ` +
        `It was the simulated task ${taskArn}`,
    );
  }
  return { exitCode, taskArn, stoppedReason: "Essential container in task exited (simulated)" };
}

/** Whether the service runs what was asked for, or ECS has gone back to the revision before. */
function checkDeployment({ cloud }: Draft, name: string, event: Plain): Plain {
  const cluster = String(event.cluster).split("/").at(-1);
  const service = cloud
    .all(ECS_SERVICE)
    .find(({ id }) => id.endsWith(`:service/${cluster}/${event.service}`));
  if (service === undefined) {
    fail(name, `service ${event.service} is not in cluster ${event.cluster}`);
  }
  const running = servingRevision(historyOf(cloud.now(service)))?.taskDefinition;
  if (running !== event.taskDefinition) {
    fail(
      name,
      `ECS runs ${String(running)} and not ${event.taskDefinition}: the deployment was rolled back`,
    );
  }
  const count: Plain = plain(service.outputs.desiredCount);
  return { taskDefinition: event.taskDefinition, running: count, simulated: true };
}

/** The machine carries out its document, or fails as planned; nothing runs in it. */
function releaseHost({ cloud, hex }: Draft, name: string, event: Plain): Plain {
  const instance = cloud.find("aws:ec2/instance:Instance", String(event.instance));
  if (instance === undefined) fail(name, `InvalidInstanceId: ${event.instance} does not exist`);
  const disks = cloud
    .all("aws:ec2/volumeAttachment:VolumeAttachment")
    .filter(({ outputs }) => plain(outputs.instanceId) === event.instance);
  if (disks.length === 0) fail(name, `the host ${event.instance} has no data disk`);
  const document = cloud.find("aws:ssm/document:Document", String(event.document), "name");
  if (document === undefined) fail(name, `InvalidDocument: ${event.document} does not exist`);
  const exitCode = plannedExit("aws", String(event.host));
  if (exitCode !== 0)
    fail(name, `the release on ${event.instance} ended as Failed: exit ${exitCode}`);
  return { instance: event.instance, commandId: hex(36), output: "released", simulated: true };
}

function copyImage({ cloud }: Draft, name: string, event: Plain): Plain {
  const repository = cloud.find("aws:ecr/repository:Repository", String(event.repository), "name");
  if (repository === undefined) {
    fail(name, `RepositoryNotFoundException: The repository '${event.repository}' does not exist`);
  }
  const digest = createHash("sha256").update(String(event.source)).digest("hex");
  return { digest: `sha256:${digest}`, copied: true, simulated: true };
}

function fail(name: string, errorMessage: string): never {
  const answer = JSON.stringify({
    errorType: "Error",
    errorMessage: `${errorMessage} (simulated)`,
  });
  throw new CloudError(`Lambda function (${name}) returned error: (${answer})`);
}
