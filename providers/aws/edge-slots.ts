import { ListenerRule } from "@pulumi/aws/lb/listenerRule";
import type { Listener } from "@pulumi/aws/lb/listener";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import type * as pulumi from "@pulumi/pulumi";
import type { Backend } from "../../components/https-edge";
import { CANDIDATE_HEADER } from "../../components/held-traffic";
import { fit } from "../../components/naming";
import type { NetworkAttachment, Slot } from "./attachments";
import type { RuleMatch } from "./edge-rules";
import type { Scope } from "./scope";

/**
 * One rule with its pair of target groups. ECS moves the weights between the two at every
 * deployment, on the rule itself and on the one for candidates.
 */
export function slotFor(
  scope: Scope,
  network: NetworkAttachment,
  listener: Listener,
  match: RuleMatch,
  target: Target,
): Slot {
  const group = (color: "blue" | "green"): TargetGroup =>
    targetGroup(scope, network, `${scope.name}-${color}-${match.key}`, target, "ip");
  const blue = group("blue");
  const green = group("green");
  const rule = (role: string, priority: number, candidate: boolean): ListenerRule =>
    new ListenerRule(
      `${scope.name}-${role}-${match.key}`,
      {
        listenerArn: listener.arn,
        priority,
        conditions: [
          ...conditions(match),
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
 * The rule of a Docker host, with one target group: a host is changed in place. Its containers are
 * started anew while the load balancer answers 502 or 503.
 */
export function hostTargetFor(
  scope: Scope,
  network: NetworkAttachment,
  listener: Listener,
  match: RuleMatch,
  target: Target,
): TargetGroup {
  const group = targetGroup(scope, network, `${scope.name}-host-${match.key}`, target, "instance");
  new ListenerRule(
    `${scope.name}-route-${match.key}`,
    {
      listenerArn: listener.arn,
      priority: match.priority,
      conditions: conditions(match),
      actions: [{ type: "forward", targetGroupArn: group.arn }],
      tags: scope.tags,
    },
    // Two rules cannot have one priority.
    { ...scope.child, deleteBeforeReplace: true },
  );
  return group;
}

const conditions = ({ host, paths }: RuleMatch) => [
  { hostHeader: { values: [host] } },
  ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
];

/** What a target group needs to know of the backend. */
export interface Target {
  readonly backend: Backend;
  /** Port that is connected to: the front's, where there is one. */
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
}

/**
 * Named by Pulumi: one with a fixed name could not be replaced while a rule points at it. Its name
 * has 32 characters at most, of which Pulumi takes eight.
 */
function targetGroup(
  scope: Scope,
  network: NetworkAttachment,
  name: string,
  { backend: { health, sticky = false, drainSeconds = 30 }, port, protocol }: Target,
  targetType: "ip" | "instance",
): TargetGroup {
  return new TargetGroup(
    fit(name, 24),
    {
      vpcId: network.vpcId,
      targetType,
      protocol,
      protocolVersion: "HTTP1",
      port,
      deregistrationDelay: drainSeconds,
      healthCheck: {
        enabled: true,
        protocol,
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
