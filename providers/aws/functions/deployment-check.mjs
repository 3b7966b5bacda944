// Runs in AWS Lambda. Proves that a service runs the task definition that was asked for: ECS rolls
// a failed deployment back by itself, after which the service is steady again, with the old one.
import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";

const ecs = new ECSClient({});
const PAUSE_MS = 5_000;

/**
 * @param {{ cluster: string, service: string, taskDefinition: string, timeoutSeconds: number }} event
 */
export async function handler(event) {
  const deadline = Date.now() + event.timeoutSeconds * 1000;
  for (;;) {
    const found = await ecs.send(
      new DescribeServicesCommand({ cluster: event.cluster, services: [event.service] }),
    );
    const service = found.services?.[0];
    if (!service) throw new Error(`service ${event.service} is not in cluster ${event.cluster}`);
    const verdict = judge(service, event.taskDefinition);
    if (verdict.done)
      return { taskDefinition: event.taskDefinition, running: service.runningCount };
    if (verdict.failed || Date.now() > deadline) {
      throw new Error(`${verdict.reason}; see the deployments of service ${event.service}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** What a service's state says about the wanted task definition. */
export function judge(service, wanted) {
  const primary = service.deployments?.find(({ status }) => status === "PRIMARY");
  if (!primary) return { reason: "the service has no deployment" };
  if (primary.taskDefinition !== wanted) {
    return {
      failed: true,
      reason: `ECS runs ${primary.taskDefinition} and not ${wanted}: the deployment was rolled back`,
    };
  }
  if (primary.rolloutState === "FAILED") {
    return {
      failed: true,
      reason: `the deployment failed: ${primary.rolloutStateReason ?? "no reason given"}`,
    };
  }
  // Not every strategy reports a state; the one deployment that is left is then the verdict.
  const alone = primary.rolloutState === undefined && service.deployments.length === 1;
  if (primary.rolloutState === "COMPLETED" || alone) return { done: true };
  return { reason: `the deployment is ${primary.rolloutState ?? "not finished"}` };
}
