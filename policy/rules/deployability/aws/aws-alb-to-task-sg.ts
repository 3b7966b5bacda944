import { answered, awsNetwork, pairs } from "../../../lib/deployability/aws/reach";
import { SERVICE } from "../../../lib/deployability/aws/types";
import { about, type StackReport } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";

export const rule = deployability({
  id: "aws-alb-to-task-sg",
  title: "Tasks let in their load balancer, and it lets itself out to them",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Targets stay unhealthy (Target.Timeout), ECS replaces the tasks for ever: Task failed ELB health checks; clients get 503 or 504.",
  },
  fix: "Allow the container's port (and a health check's own port) into the tasks' security group from the load balancer's, and out of the load balancer's to the tasks'.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
  checkStack: {
    types: [SERVICE],
    run: (graph) => {
      const { wired, nodes, traffic } = awsNetwork(graph);
      return wired.flatMap(({ client, target, ports }): StackReport[] => {
        const [balancer, service] = [client, target].map((one) =>
          nodes.find(({ resource }) => resource === one.resource),
        );
        if (balancer === undefined || service === undefined) return [];
        const at = service.resource.at("loadBalancers");
        return about(
          service.resource,
          pairs(balancer, service).flatMap(([own, other]) =>
            ports.flatMap((port) =>
              answered(
                at,
                traffic.allowed(own, other, port),
                `${balancer.name} does not reach the tasks on port ${port}`,
              ),
            ),
          ),
        );
      });
    },
  },
});
