import type { Answer } from "../../reachability/answer";
import type { Interface } from "../../reachability/aws/interface";
import type { AwsNetwork } from "../../reachability/aws/network";
import type { AwsNode } from "../../reachability/aws/nodes";
import { reachabilityOf } from "../../reachability/reachability";
import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { violation, type Report } from "../../rule";
import type { Value } from "../../value/value";
import { cannotTell } from "../links";

/** AWS's part of a plan as a network; read once per graph. */
export function awsNetwork(graph: Graph): AwsNetwork {
  return reachabilityOf(graph).aws;
}

/** The nodes of a type, such as every ECS service. */
export function nodesOf(graph: Graph, ...types: string[]): readonly AwsNode[] {
  return awsNetwork(graph).nodes.filter(({ resource }) => types.includes(resource.type));
}

/** A certain "no" is a violation, with its reasons; an unknown cannot be told. */
export function answered(at: Value, answer: Answer, message: string): Report[] {
  const reasons = answer.reasons.filter((reason) => reason !== "").join("; ");
  switch (answer.verdict) {
    case "yes":
      return [];
    case "no":
      return [violation(at, reasons === "" ? message : `${message}: ${reasons}`)];
    case "unknown":
      return [cannotTell(at, reasons === "" ? "a part of the network is unknown" : reasons)];
  }
}

/** Every pair of interfaces of two nodes. */
export function pairs(one: AwsNode, other: AwsNode): (readonly [Interface, Interface])[] {
  return one.interfaces.flatMap((own) => other.interfaces.map((far) => [own, far] as const));
}

/** What has to be there before a subnet has a way to the internet. */
export const GATEWAYS = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
];

/** An internet gateway of the plan that a resource does not wait for although its network has it. */
export function lateGateway(
  graph: Graph,
  resource: Resource,
  subnets: readonly Resource[],
): Resource | undefined {
  const vpcs = new Set(
    subnets.flatMap((subnet) => graph.links(subnet, subnet.at("vpcId")).resources),
  );
  const own = graph
    .ofType(...GATEWAYS)
    .filter((gateway) =>
      graph.links(gateway, gateway.at("vpcId")).resources.some((vpc) => vpcs.has(vpc)),
    );
  const before = graph.closure(resource);
  return own.some((gateway) => before.has(gateway)) ? undefined : own[0];
}
