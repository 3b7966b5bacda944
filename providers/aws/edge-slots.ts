import { ListenerRule } from "@pulumi/aws/lb/listenerRule";
import type { Listener } from "@pulumi/aws/lb/listener";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import type * as pulumi from "@pulumi/pulumi";
import type { Backend } from "../../components/https-edge";
import { fit } from "../../components/naming";
import type { NetworkAttachment, Slot } from "./attachments";
import type { RuleMatch } from "./edge-rules";
import type { Scope } from "./scope";

/** Requests with this header reach the candidate of a deployment, for smoke tests. */
export const CANDIDATE_HEADER = "x-portolan-candidate";

/**
 * One rule with its pair of target groups. ECS moves the weights between the two at every
 * deployment, on the rule itself and on the one for candidates.
 */
export function slotFor(
  scope: Scope,
  network: NetworkAttachment,
  listener: Listener,
  match: RuleMatch,
  backend: Backend,
  port: number,
): Slot {
  const group = (color: "blue" | "green"): TargetGroup =>
    targetGroup(scope, network, match.key, color, backend, port);
  const blue = group("blue");
  const green = group("green");
  const rule = (role: string, priority: number, candidate: boolean): ListenerRule =>
    new ListenerRule(
      `${scope.name}-${role}-${match.key}`,
      {
        listenerArn: listener.arn,
        priority,
        conditions: [
          { hostHeader: { values: [match.host] } },
          ...(match.paths.length > 0 ? [{ pathPattern: { values: [...match.paths] } }] : []),
          ...(candidate
            ? [{ httpHeader: { httpHeaderName: CANDIDATE_HEADER, values: [match.backend] } }]
            : []),
        ],
        actions: [
          {
            type: "forward",
            forward: {
              targetGroups: [
                { arn: blue.arn, weight: 100 },
                { arn: green.arn, weight: 0 },
              ],
            },
          },
        ],
        tags: scope.tags,
      },
      {
        ...scope.child,
        // The weights belong to ECS; setting them back would send traffic to the old revision.
        ignoreChanges: ["actions"],
        // Ignored actions would keep pointing at groups that are gone.
        replaceWith: [blue, green],
        // Two rules cannot have one priority.
        deleteBeforeReplace: true,
      },
    );
  return {
    key: match.key,
    blue,
    green,
    rule: rule("route", match.priority, false),
    candidateRule: rule("candidate", match.priority - 1, true),
  };
}

/**
 * Named by Pulumi: one with a fixed name could not be replaced while a rule points at it. Its name
 * has 32 characters at most, of which Pulumi takes eight.
 */
function targetGroup(
  scope: Scope,
  network: NetworkAttachment,
  key: string,
  color: string,
  { health, sticky = false, drainSeconds = 30 }: Backend,
  port: number,
): TargetGroup {
  return new TargetGroup(
    fit(`${scope.name}-${color}-${key}`, 24),
    {
      vpcId: network.vpcId,
      targetType: "ip",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      port,
      deregistrationDelay: drainSeconds,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: health.path,
        matcher: "200",
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        healthyThreshold: health.healthyAfter,
        unhealthyThreshold: health.unhealthyAfter,
      },
      stickiness: { enabled: sticky, type: "lb_cookie", cookieDuration: 86_400 },
      tags: scope.tags,
    },
    scope.child,
  );
}

/** Lists every ARN that ECS may touch when it shifts traffic. */
export function slotArns(slots: readonly Slot[]): {
  readonly groups: pulumi.Output<string>[];
  readonly rules: pulumi.Output<string>[];
} {
  return {
    groups: slots.flatMap(({ blue, green }) => [blue.arn, green.arn]),
    rules: slots.flatMap(({ rule, candidateRule }) => [rule.arn, candidateRule.arn]),
  };
}
