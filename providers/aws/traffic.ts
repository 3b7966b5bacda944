import type { Service as Registration } from "@pulumi/aws/servicediscovery/service";
import type { ServiceArgs } from "@pulumi/aws/ecs/service";
import type { ContainerServiceSpec } from "../../components/container-service";
import type { HeldTraffic } from "../../components/held-traffic";
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
  held: HeldTraffic | undefined,
): Partial<ServiceArgs> {
  const slots = edge.slots[name];
  const { shift } = edge;
  if (!slots || !shift) throw new Error(`the edge has no route to ${name}`);
  return {
    deploymentConfiguration: {
      strategy: "BLUE_GREEN",
      ...(held ? attended : unattended(profile)),
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

/** Minutes that ECS waits for a release at each of its two pauses, before it goes back by itself. */
export const ATTENDED_MINUTES = 60;

/**
 * A pause after the candidate can be reached, and one after it has the traffic: whoever releases
 * smoke-tests it at the first and watches the alarms at the second, and goes on or back. When nobody
 * does, because the release died, the old revision keeps or gets back the traffic.
 */
const attended = {
  bakeTimeInMinutes: "0",
  lifecycleHooks: [
    {
      targetType: "PAUSE",
      lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"],
      timeoutConfiguration: { timeoutInMinutes: String(ATTENDED_MINUTES), action: "ROLLBACK" },
    },
  ],
};

/** An update that nobody watches has a window in which a person may stop it, and goes on. */
const unattended = ({ candidateMinutes, bakeMinutes }: AwsProfile) => ({
  bakeTimeInMinutes: String(bakeMinutes),
  ...(candidateMinutes > 0
    ? {
        lifecycleHooks: [
          {
            targetType: "PAUSE",
            lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"],
            timeoutConfiguration: {
              timeoutInMinutes: String(candidateMinutes),
              action: "CONTINUE",
            },
          },
        ],
      }
    : {}),
});

/** Called by other workloads only: tasks under one name, replaced one after the other. */
export const inside = (registration: Registration | undefined): Partial<ServiceArgs> => ({
  deploymentConfiguration: { strategy: "ROLLING" },
  ...(registration ? { serviceRegistries: { registryArn: registration.arn } } : {}),
});
