import { awsNetwork, nodesOf } from "../../../lib/deployability/aws/reach";
import { needsOfService } from "../../../lib/deployability/aws/task-needs";
import { SERVICE } from "../../../lib/deployability/aws/types";
import { about, cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "aws-ecs-public-subnet-public-ip",
  title: "Tasks in a public subnet have a public address",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "CannotPullContainerError or ResourceInitializationError after a timeout: an internet gateway answers public addresses only.",
  },
  fix: "Set assignPublicIp true (and let nobody in from the internet), or move the tasks into a private subnet with a NAT gateway or the endpoints they need.",
  source:
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
  checkStack: {
    types: [SERVICE],
    run: (graph) =>
      nodesOf(graph, SERVICE).flatMap((node) => about(node.resource, checkService(graph, node))),
  },
});

function checkService(graph: Graph, node: AwsNode): Report[] {
  const address = node.resource.at("networkConfiguration.assignPublicIp");
  if (address.boolean === true) return [];
  const { internet, services } = awsNetwork(graph);
  const subnets = node.interfaces.flatMap(({ subnets: where }) => where.targets);
  const open = subnets.find((subnet) => internet.isPublic(subnet).verdict === "yes");
  if (open === undefined) return [];
  // Where endpoints stand for everything a task calls, it needs no way to the internet.
  const needs = needsOfService(graph, node.resource);
  const inside = [...needs.services].map((service) => services.reach(node, service).verdict);
  if (!needs.internet && inside.length > 0 && !inside.includes("no"))
    return inside.includes("unknown")
      ? [cannotTell(address, "whether endpoints serve every call of the task")]
      : [];
  if (address.unknown) return [undecided(address)];
  return [
    violation(
      address,
      `${open.name} leads to an internet gateway, and the tasks have no public address`,
    ),
  ];
}
