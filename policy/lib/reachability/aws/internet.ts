import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import { pointsTo } from "../pointer";
import { SUBNET_TYPES, type Interface } from "./interface";
import type { AwsNode } from "./nodes";
import type { Routes } from "./routes";
import type { Traffic } from "./traffic";

const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
const HTTPS = 443;

/** Ways between a plan's networks and the internet. */
export class Internet {
  private readonly graph: Graph;
  private readonly routes: Routes;
  private readonly traffic: Traffic;

  constructor(graph: Graph, routes: Routes, traffic: Traffic) {
    this.graph = graph;
    this.routes = routes;
    this.traffic = traffic;
  }

  /** True if a subnet's default route is an internet gateway. */
  isPublic(subnet: Resource): Answer {
    const way = this.routes.wayOut(subnet);
    if (!way.known) return unknown(`${way.missing} is not in the plan`);
    if (way.hop?.kind === "internet-gateway") return YES;
    return no(`${subnet.name} has no route to an internet gateway`);
  }

  /** True if every subnet of the interface is public: what a balancer or an address of its own needs. */
  allPublic(own: Interface): Answer {
    return this.everySubnet(own, (subnet) => this.isPublic(subnet));
  }

  /** True if some subnet of the interface is public. */
  anyPublic({ subnets }: Interface): Answer {
    const answers = [...subnets.targets, ...subnets.maybe].map((subnet) => this.isPublic(subnet));
    if (subnets.blind || subnets.outside.length > 0)
      answers.push(unknown("a subnet is outside the plan"));
    return any(answers, "it has no subnet");
  }

  /**
   * A node's way to addresses on the internet, HTTPS. Every subnet has to have it, since the scheduler may choose any.
   */
  outbound(node: AwsNode): Answer {
    if (node.interfaces.length === 0) return YES;
    return all(
      node.interfaces.map((own) =>
        all([
          this.everySubnet(own, (subnet) => this.wayOut(node, subnet)),
          this.traffic.outToInternet(own, HTTPS),
        ]),
      ),
    );
  }

  /** A NAT gateway forwards if its own subnet is public; a private one never leads to the internet. */
  natWorks(gateway: Resource): Answer {
    if (gateway.at("connectivityType").isWord("private"))
      return no(`${gateway.name} is a private NAT gateway`);
    const subnets = pointsTo(this.graph, gateway, gateway.at("subnetId"), SUBNET_TYPES);
    const [subnet] = subnets.targets;
    if (subnet === undefined) return unknown(`the subnet of ${gateway.name} is outside the plan`);
    const answer = this.isPublic(subnet);
    return answer.verdict === "no"
      ? no(`${gateway.name} stands in ${subnet.name}, which has no route to an internet gateway`)
      : answer;
  }

  private wayOut(node: AwsNode, subnet: Resource): Answer {
    const way = this.routes.wayOut(subnet);
    if (!way.known) return unknown(`${way.missing} is not in the plan`);
    const { hop } = way;
    if (hop === undefined) return no(`${subnet.name} has no default route`);
    switch (hop.kind) {
      case "internet-gateway":
        return hasAddress(node, `${subnet.name} leads to an internet gateway`);
      case "nat-gateway":
        return hop.target?.type === NAT_GATEWAY
          ? this.natWorks(hop.target)
          : unknown(`the NAT gateway of ${subnet.name} is outside the plan`);
      case "egress-only":
        return no(`${subnet.name} has a default route for IPv6 only`);
      default:
        return unknown(`${subnet.name} sends traffic on to a ${hop.kind}`);
    }
  }

  private everySubnet({ subnets }: Interface, ask: (subnet: Resource) => Answer): Answer {
    const answers = subnets.targets.map(ask);
    if (subnets.blind || subnets.maybe.length > 0 || subnets.outside.length > 0)
      answers.push(unknown("a subnet is outside the plan or not known yet"));
    return all(answers);
  }
}

/** Behind an internet gateway only what has a public address of its own gets answers. */
function hasAddress(node: AwsNode, why: string): Answer {
  const value = node.publicAddress;
  if (value === undefined) return no(`${why}, and it gets no public address`);
  if (value.unknown) return unknown(`${value.path} is unknown`);
  return value.boolean === true ? YES : no(`${why}, and ${value.path} is not true`);
}
