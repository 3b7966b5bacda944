import { SERVICE } from "../../../lib/deployability/aws/types";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-ecs-deployment-percent",
  title: "A deployment of a service has room to replace tasks",
  fails: {
    when: "create",
    effect: "hang",
    answer: "The deployment can neither start a new task nor stop an old one, and hangs.",
  },
  fix: "Leave at least one task between the two: deploymentMaximumPercent 200 with deploymentMinimumHealthyPercent 100, or 100 with 0 for a single task.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
  check: {
    [SERVICE]: (service) => [
      ...checkRoom(service),
      ...checkGracePeriod(service),
      ...checkBreaker(service),
    ],
  },
});

function checkRoom(service: Resource): Report[] {
  const maximum = service.at("deploymentMaximumPercent");
  const minimum = service.at("deploymentMinimumHealthyPercent");
  const [unknown] = [maximum, minimum].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  if (maximum.absent && minimum.absent) return [];
  if (service.at("schedulingStrategy").isWord("DAEMON")) return [];
  const max = maximum.number ?? 200;
  const min = minimum.number ?? 100;
  const at = maximum.present ? maximum : minimum;
  if (max <= min) {
    const answer =
      max === 100 && min === 100
        ? "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments."
        : undefined;
    const found = violation(at, `at most ${max} % and at least ${min} % of the tasks may run`);
    return [answer === undefined ? { ...found, when: "runtime" } : { ...found, answer }];
  }
  const desired = service.at("desiredCount").number;
  if (desired === undefined || desired === 0) return [];
  const most = Math.floor((desired * max) / 100);
  const least = Math.ceil((desired * min) / 100);
  if (most - least >= 1) return [];
  const message = `with ${desired} tasks, at least ${least} and at most ${most} may run at once`;
  return [{ ...violation(at, message), when: "runtime" }];
}

function checkGracePeriod(service: Resource): Report[] {
  const period = service.at("healthCheckGracePeriodSeconds");
  const balanced = service.at("loadBalancers");
  if (!((period.number ?? 0) > 0) || balanced.unknown || balanced.each.length > 0) return [];
  return [
    {
      ...violation(period, "a grace period is set, but no load balancer"),
      answer:
        "InvalidParameterException: Health check grace period is only valid for services configured to use load balancers.",
    },
  ];
}

function checkBreaker(service: Resource): Report[] {
  const breaker = service.at("deploymentCircuitBreaker.enable");
  const controller = service.at("deploymentController.type");
  if (breaker.boolean !== true || !controller.isWord("CODE_DEPLOY", "EXTERNAL")) return [];
  return [
    {
      ...violation(
        breaker,
        `deployments are run by ${controller.text}, which has no circuit breaker`,
      ),
      answer:
        "InvalidParameterException: Deployment circuit breaker is only supported with the ECS deployment controller.",
    },
  ];
}
