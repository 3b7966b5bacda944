import { FORWARDERS, SERVICE, TARGET_GROUP } from "../../../lib/deployability/aws/types";
import { ordered } from "../../../lib/deployability/ordering";
import { deployability } from "../../../lib/deployability/rule";

export const rule = deployability({
  id: "aws-ecs-service-after-listener",
  title: "A service starts after a listener or rule forwards to its target group",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterException: The target group with targetGroupArn does not have an associated load balancer.",
  },
  fix: "Let the service depend on the Listener or ListenerRule that forwards to its target group.",
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  checkStack: ordered({
    of: [SERVICE],
    parents: [TARGET_GROUP],
    uses: "loadBalancers[].targetGroupArn",
    siblings: FORWARDERS,
    need: "one",
    none: (group) => `no listener and no rule of the plan forwards to ${group.name}`,
    later: (forwarder, group) =>
      `the service does not wait for ${forwarder.name}, which puts ${group.name} behind a load balancer`,
  }),
});
