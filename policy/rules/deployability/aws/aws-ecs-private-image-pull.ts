import { answered, awsNetwork, nodesOf } from "../../../lib/deployability/aws/reach";
import { needsOfService } from "../../../lib/deployability/aws/task-needs";
import { SERVICE, VPC_ENDPOINT } from "../../../lib/deployability/aws/types";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { all } from "../../../lib/reachability/answer";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import type { Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-ecs-private-image-pull",
  title: "Tasks in a private subnet have a way to their registry, logs and secrets",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Tasks go from PENDING to STOPPED for ever: ResourceInitializationError: unable to pull secrets or registry auth, or CannotPullContainerError: i/o timeout.",
  },
  fix: "Route the subnet's 0.0.0.0/0 to a NAT gateway, or give the VPC interface endpoints for ecr.api, ecr.dkr, logs and secretsmanager and an S3 gateway endpoint in the subnet's route table; other registries need NAT.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
  checkStack: {
    types: [SERVICE],
    run: (graph) =>
      nodesOf(graph, SERVICE).flatMap((node) => about(node.resource, checkService(graph, node))),
  },
});

function checkService(graph: Graph, node: AwsNode): Report[] {
  const at = node.resource.at("networkConfiguration.subnets");
  if (at.absent) return [];
  const { internet, services } = awsNetwork(graph);
  // A subnet that leads to the internet by itself is another rule's concern, whatever it lacks.
  if (node.interfaces.some((own) => internet.anyPublic(own).verdict === "yes")) return [];
  const needs = needsOfService(graph, node.resource);
  const ways = [...needs.services].map((service) => services.reach(node, service));
  const isGuess = ways.length === 0 && graph.ofType(VPC_ENDPOINT).length === 0;
  if (needs.internet || isGuess) ways.push(internet.outbound(node));
  return answered(at, all(ways), "its tasks do not get what they need to start");
}
