import { awsNetwork, nodesOf } from "../../../lib/deployability/aws/reach";
import { needsOfService } from "../../../lib/deployability/aws/task-needs";
import { SERVICE, VPC_ENDPOINT } from "../../../lib/deployability/aws/types";
import { about, cannotTell } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { pointsTo } from "../../../lib/reachability/pointer";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import type { Resource } from "../../../lib/resource";
import { violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const TABLES = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"];
const ENTRIES = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";

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
  const needs = needsOfService(graph, node.resource);
  return node.interfaces.flatMap(({ subnets }): Report[] => {
    const reports = subnets.targets.flatMap((subnet) => checkSubnet(graph, subnet, needs, at));
    const certain = reports.filter(({ verdict }) => verdict === "violation");
    if (certain.length > 0) return certain.slice(0, 1);
    const open = subnets.blind || subnets.maybe.length + subnets.outside.length > 0;
    return open
      ? [cannotTell(at, "a subnet is outside the plan or not known yet")]
      : reports.slice(0, 1);
  });
}

/** A subnet that leads to the internet by itself is other rules' concern, whatever it lacks. */
function checkSubnet(
  graph: Graph,
  subnet: Resource,
  needs: ReturnType<typeof needsOfService>,
  at: Value,
): Report[] {
  const way = awsNetwork(graph).routes.wayOut(subnet);
  if (!way.known) return [cannotTell(at, `${way.missing} is not part of the plan`)];
  if (way.hop !== undefined && way.hop.kind !== "egress-only") return [];
  const endpoints = graph.ofType(VPC_ENDPOINT);
  if (needs.internet)
    return [violation(at, `${subnet.name} has no way to the internet, where an image lies`)];
  if (needs.services.size === 0)
    return endpoints.length === 0
      ? [violation(at, `${subnet.name} has no way out, neither a NAT gateway nor an endpoint`)]
      : [];
  const missing = [...needs.services].filter(
    (service) => !endpoints.some((endpoint) => serves(graph, endpoint, service, subnet)),
  );
  if (missing.length === 0) return [];
  const unnamed = endpoints.find((endpoint) => {
    const name = endpoint.at("serviceName");
    return name.unknown && name.suffix === "";
  });
  if (unnamed !== undefined)
    return [cannotTell(at, `the service of ${unnamed.name} is not known yet`)];
  return [
    violation(
      at,
      `${subnet.name} has neither a NAT gateway nor endpoints for ${missing.join(", ")}`,
    ),
  ];
}

/** True if an endpoint stands for a service and, where it is an entry of route tables, is in the subnet's. */
function serves(graph: Graph, endpoint: Resource, service: string, subnet: Resource): boolean {
  const name = endpoint.at("serviceName");
  if (!(name.text ?? name.suffix).endsWith(`.${service}`)) return false;
  const type = endpoint.at("vpcEndpointType");
  if (type.unknown || type.isWord("Interface", "GatewayLoadBalancer")) return true;
  const table = awsNetwork(graph).routes.tableOf(subnet);
  const named = pointsTo(graph, endpoint, endpoint.at("routeTableIds"), TABLES);
  const entries = graph
    .ofType(ENTRIES)
    .filter((entry) =>
      graph.links(entry, entry.at("vpcEndpointId"), [VPC_ENDPOINT]).resources.includes(endpoint),
    )
    .flatMap((entry) => pointsTo(graph, entry, entry.at("routeTableId"), TABLES).targets);
  if (table === undefined || named.blind || named.maybe.length + named.outside.length > 0)
    return true;
  return named.targets.includes(table) || entries.includes(table);
}
