import type { Graph } from "../../graph/graph";
import { contains, overlaps, parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { all, no, unknown, YES, type Answer } from "../answer";
import { pointsTo } from "../pointer";
import { parsePortRange, parseSecurityProtocol } from "./group-rule";
import { rangeOf, SUBNET_TYPES, type Interface } from "./interface";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const ASSOCIATION = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
/** A port from the range that clients on Linux choose for themselves; replies come back to it. */
const REPLY_PORT = 40_000;

interface AclRule {
  readonly number: number;
  readonly allows: boolean;
  readonly egress: boolean;
  readonly at: Value;
  readonly range: AddressRange | undefined;
}

/** Network ACLs of a plan. They know no connections, so replies have to be let through as well. */
export class NetworkAcls {
  private readonly graph: Graph;
  private readonly bySubnet = new Map<Resource, Resource>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const acl of graph.ofType(ACL)) this.assign(acl, acl.at("subnetIds"), acl);
    for (const each of graph.ofType(ASSOCIATION)) {
      const [acl] = pointsTo(graph, each, each.at("networkAclId"), [ACL]).targets;
      if (acl !== undefined) this.assign(each, each.at("subnetId"), acl);
    }
  }

  private assign(resource: Resource, value: Value, acl: Resource): void {
    for (const subnet of pointsTo(this.graph, resource, value, SUBNET_TYPES).targets)
      this.bySubnet.set(subnet, acl);
  }

  /** Whether a connection between two interfaces, and its replies, pass. */
  allowed(client: Interface, target: Interface, port: number): Answer {
    if (this.bySubnet.size === 0) return YES;
    const pairs = client.subnets.targets.flatMap((from) =>
      target.subnets.targets.filter((to) => to !== from).map((to) => [from, to] as const),
    );
    return all(
      pairs.flatMap(([from, to]) => [
        this.passes(from, true, to, port),
        this.passes(to, false, from, port),
        this.passes(to, true, from, REPLY_PORT),
        this.passes(from, false, to, REPLY_PORT),
      ]),
    );
  }

  /** Rules are tried by number, the first that fits decides, and what fits none is refused. */
  private passes(subnet: Resource, egress: boolean, other: Resource, port: number): Answer {
    const acl = this.bySubnet.get(subnet);
    if (acl === undefined) return YES;
    const range = rangeOf(other);
    if (range === undefined) return unknown(`the range of ${other.name} is unknown`);
    for (const rule of this.rulesOf(acl).filter((each) => each.egress === egress)) {
      const ports = parsePortRange(protocolOf(rule), rule.at.at("fromPort"), rule.at.at("toPort"));
      if (rule.range === undefined || ports === undefined)
        return unknown(`a rule of ${acl.name} is unknown`);
      if (protocolOf(rule) !== "all" && protocolOf(rule) !== "tcp") continue;
      if (port < ports.from || port > ports.to || !overlaps(rule.range, range)) continue;
      if (!contains(rule.range, range)) return unknown(`${acl.name} splits ${other.name}`);
      return rule.allows ? YES : refused(acl, egress, port, other);
    }
    return refused(acl, egress, port, other);
  }

  private rulesOf(acl: Resource): AclRule[] {
    const inline = [
      ...acl.at("ingress").items.map((at) => aclRule(at, false, at.at("action"), at.at("ruleNo"))),
      ...acl.at("egress").items.map((at) => aclRule(at, true, at.at("action"), at.at("ruleNo"))),
    ];
    const separate = this.graph
      .ofType(ACL_RULE)
      .filter((each) =>
        pointsTo(this.graph, each, each.at("networkAclId"), [ACL]).targets.includes(acl),
      )
      .map(({ props }) =>
        aclRule(
          props,
          props.at("egress").boolean === true,
          props.at("ruleAction"),
          props.at("ruleNumber"),
        ),
      );
    return [...inline, ...separate].sort((a, b) => a.number - b.number);
  }
}

function aclRule(at: Value, egress: boolean, action: Value, number: Value): AclRule {
  return {
    ...{ at, egress, allows: action.isWord("allow") },
    number: number.number ?? Infinity,
    range: parseRange(at.at("cidrBlock").text ?? at.at("ipv6CidrBlock").text ?? ""),
  };
}

function protocolOf({ at }: AclRule) {
  return parseSecurityProtocol(at.at("protocol"));
}

function refused(acl: Resource, egress: boolean, port: number, other: Resource): Answer {
  const way = egress ? "out to" : "in from";
  return no(`${acl.name} refuses TCP ${port} ${way} ${other.name}`);
}
