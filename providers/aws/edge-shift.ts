import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { Shift, Slot } from "./attachments";
import { slotArns } from "./edge-slots";
import { allow, serviceRole } from "./identity";
import type { Scope } from "./scope";

/** What ECS may do at this load balancer, and nowhere else: register tasks, move weights. */
export function shifting(scope: Scope, slots: readonly Slot[]): Shift | undefined {
  if (slots.length === 0) return undefined;
  const { groups, rules } = slotArns(slots);
  const role = serviceRole(scope, `${scope.name}-shift`, "ecs.amazonaws.com");
  const ready = new RolePolicy(
    `${scope.name}-shift`,
    {
      role: role.name,
      policy: allow([
        {
          // Reading knows no resource in Elastic Load Balancing.
          actions: [
            "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
          ],
          resources: ["*"],
        },
        {
          actions: [
            "elasticloadbalancing:RegisterTargets",
            "elasticloadbalancing:DeregisterTargets",
          ],
          resources: groups,
        },
        { actions: ["elasticloadbalancing:ModifyRule"], resources: rules },
      ]),
    },
    scope.child,
  );
  return { roleArn: role.arn, ready };
}
