import type { Service as Registration } from "@pulumi/aws/servicediscovery/service";
import type { ServiceArgs } from "@pulumi/aws/ecs/service";
import type { ContainerServiceSpec } from "../../components/container-service";
import type { EdgeAttachment } from "./attachments";
import type { Front } from "./front";
import type { AwsProfile } from "./profile";

/**
 * Blue/green by ECS itself, with the circuit breaker on top: a new revision comes up beside the
 * old one and is reached by requests that carry the candidate header; traffic is shifted when the
 * window for smoke tests ends, and the old revision stays for the bake time.
 */
export function behindEdge(
  edge: EdgeAttachment,
  name: string,
  spec: ContainerServiceSpec,
  profile: AwsProfile,
  front: Front | undefined,
): Partial<ServiceArgs> {
  const slots = edge.slots[name];
  const { shift } = edge;
  if (!slots || !shift) throw new Error(`the edge has no route to ${name}`);
  return {
    deploymentConfiguration: {
      strategy: "BLUE_GREEN",
      bakeTimeInMinutes: String(profile.bakeMinutes),
      ...(profile.candidateMinutes > 0 ? { lifecycleHooks: [candidateWindow(profile)] } : {}),
    },
    // Counts from the start of a task; the checks need their good answers on top.
    healthCheckGracePeriodSeconds: spec.health.startSeconds,
    loadBalancers: slots.map(({ blue, green, rule, candidateRule }) => ({
      targetGroupArn: blue.arn,
      containerName: front ? "front" : name,
      containerPort: front?.port ?? spec.port,
      advancedConfiguration: {
        alternateTargetGroupArn: green.arn,
        productionListenerRule: rule.arn,
        testListenerRule: candidateRule.arn,
        roleArn: shift.roleArn,
      },
    })),
  };
}

/**
 * A pause after the candidate can be reached. A release continues it early or takes it back; an
 * update without anybody watching goes on when the window ends.
 */
const candidateWindow = ({ candidateMinutes }: AwsProfile) => ({
  targetType: "PAUSE",
  lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
  timeoutConfiguration: { timeoutInMinutes: String(candidateMinutes), action: "CONTINUE" },
});

/** Called by other workloads only: tasks under one name, replaced one after the other. */
export const inside = (registration: Registration | undefined): Partial<ServiceArgs> => ({
  deploymentConfiguration: { strategy: "ROLLING" },
  ...(registration ? { serviceRegistries: { registryArn: registration.arn } } : {}),
});
