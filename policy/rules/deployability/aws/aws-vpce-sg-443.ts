import { answered, awsNetwork, nodesOf } from "../../../lib/deployability/aws/reach";
import { needsOfService } from "../../../lib/deployability/aws/task-needs";
import { SERVICE, VPC_ENDPOINT } from "../../../lib/deployability/aws/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import {
  interfaceOf,
  subnetsIn,
  vpcsOf,
  type Interface,
} from "../../../lib/reachability/aws/interface";
import type { AwsNode } from "../../../lib/reachability/aws/nodes";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

const HTTPS = 443;

export const rule = deployability({
  id: "aws-vpce-sg-443",
  title: "An interface endpoint lets in HTTPS from the tasks that call it",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "Tasks stop after a timeout: ResourceInitializationError or CannotPullContainerError, although every endpoint exists.",
  },
  fix: "Give the endpoint a security group with an ingress rule for TCP 443 from the tasks' security group or subnets; without a group the VPC's default group blocks them.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
  checkStack: ofEach([VPC_ENDPOINT], (endpoint, graph) => checkEndpoint(graph, endpoint)),
});

function checkEndpoint(graph: Graph, endpoint: Resource): Report[] {
  if (!endpoint.at("vpcEndpointType").isWord("Interface")) return [];
  const at = endpoint.at("securityGroupIds");
  const subnets = subnetsIn(graph, endpoint, [endpoint.at("subnetIds")]);
  const own = interfaceOf(graph, endpoint, subnets, [at]);
  if (own.groups.blind) return [undecided(at)];
  if (own.byDefault === false && isShut(graph, own))
    return [violation(at, "no ingress rule of its security groups lets TCP 443 in")];
  return callers(graph, endpoint).flatMap((caller) =>
    caller.interfaces.flatMap((client) =>
      answered(
        at,
        awsNetwork(graph).traffic.enters(client, own, HTTPS),
        `${caller.name} calls it and is not let in`,
      ).filter(({ verdict }) => verdict === "violation"),
    ),
  );
}

/** True where the plan holds every group of an interface and none of them lets anybody in on the port. */
function isShut(graph: Graph, { groups }: Interface): boolean {
  if (groups.targets.length === 0 || groups.outside.length + groups.maybe.length > 0) return false;
  return awsNetwork(graph).traffic.isShut(groups.targets, "ingress", HTTPS);
}

/** Services of the same VPC whose tasks call what the endpoint stands for. */
function callers(graph: Graph, endpoint: Resource): AwsNode[] {
  const name = endpoint.at("serviceName");
  const service = /^com\.amazonaws\.[^.]+\.(.+)$/.exec(name.text ?? "")?.[1] ?? "";
  const here = vpcsOf(graph, subnetsIn(graph, endpoint, [endpoint.at("subnetIds")])).known;
  return nodesOf(graph, SERVICE).filter(
    ({ resource, interfaces }) =>
      needsOfService(graph, resource).services.has(service) &&
      interfaces.some((own) => [...vpcsOf(graph, own.subnets).known].some((vpc) => here.has(vpc))),
  );
}
