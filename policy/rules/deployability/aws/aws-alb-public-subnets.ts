import { answered, awsNetwork, lateGateway, nodesOf } from "../../../lib/deployability/aws/reach";
import { LOAD_BALANCER } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-alb-public-subnets",
  title: "A load balancer that faces the internet stands in public subnets",
  fails: {
    when: "create",
    effect: "broken",
    answer:
      "InvalidSubnet: VPC has no internet gateway; in private subnets its name resolves and connections time out.",
  },
  fix: "Give it subnets whose route tables lead 0.0.0.0/0 to an internet gateway, and let it depend on that gateway; set internal true on any other.",
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
  checkStack: {
    types: [LOAD_BALANCER],
    run: (graph) =>
      nodesOf(graph, LOAD_BALANCER).flatMap((node) =>
        about(node.resource, checkBalancer(graph, node)),
      ),
  },
});

function checkBalancer(graph: Graph, { resource, interfaces }: AwsNode): Report[] {
  const internal = resource.at("internal");
  if (internal.unknown) return [undecided(internal)];
  if (internal.boolean === true) return [];
  const at = resource.at(resource.at("subnets").present ? "subnets" : "subnetMappings");
  if (at.absent) return [];
  return interfaces.flatMap((own) => {
    const answer = awsNetwork(graph).internet.allPublic(own);
    const reports = answered(at, answer, "it faces the internet from a private subnet");
    if (reports.length > 0) return reports;
    const late = lateGateway(graph, resource, own.subnets.targets);
    return late === undefined
      ? []
      : [violation(at, `it does not wait for ${late.name}, the internet gateway of its network`)];
  });
}
