import type { Graph } from "../../graph/graph";
import type { PortRange, Protocol } from "../../net/ports";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { joined, pointsTo, type Pointer } from "../pointer";
import { parsePortRange, parseSecurityProtocol, readPeers, type Peer } from "./group-rule";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const GROUP_TYPES = [GROUP, DEFAULT_GROUP] as const;

const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const CLASSIC_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

export type Direction = "ingress" | "egress";

/** One rule of a security group, wherever it is written. */
export interface GroupRule {
  readonly resource: Resource;
  readonly direction: Direction;
  readonly protocol: Protocol;
  /** Absent where only the update will tell. */
  readonly ports: PortRange | undefined;
  readonly peers: readonly Peer[];
  /** False where the rule may belong to another group. */
  readonly certain: boolean;
}

/** The rules of every security group of a plan. */
export class SecurityGroups {
  private readonly graph: Graph;
  private readonly byGroup = new Map<Resource, GroupRule[]>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const group of graph.ofType(...GROUP_TYPES)) {
      for (const direction of ["ingress", "egress"] as const) this.readInline(group, direction);
    }
    for (const rule of graph.ofType(INGRESS_RULE, EGRESS_RULE)) this.readSeparate(rule);
    for (const rule of graph.ofType(CLASSIC_RULE)) this.readClassic(rule);
  }

  /** Rules of one direction. The provider takes AWS's own "allow everything out" away, so no rule means nothing. */
  rulesOf(group: Resource, direction: Direction): GroupRule[] {
    return (this.byGroup.get(group) ?? []).filter((rule) => rule.direction === direction);
  }

  private add(owner: Pointer, rule: Omit<GroupRule, "certain">): void {
    for (const [groups, certain] of [
      [owner.targets, true],
      [owner.maybe, false],
    ] as const) {
      for (const group of groups) {
        const rules = this.byGroup.get(group);
        if (rules === undefined) this.byGroup.set(group, [{ ...rule, certain }]);
        else rules.push({ ...rule, certain });
      }
    }
  }

  private readInline(group: Resource, direction: Direction): void {
    const owner = { targets: [group], maybe: [], outside: [], blind: false };
    for (const at of group.at(direction).each) {
      if (at.unknown) {
        const peers: Peer[] = [{ kind: "unknown", path: at.path }];
        this.add(owner, { resource: group, direction, protocol: "all", ports: undefined, peers });
        continue;
      }
      this.add(owner, this.classic(group, at, direction, "securityGroups"));
    }
  }

  private readSeparate(rule: Resource): void {
    const direction = rule.type === INGRESS_RULE ? "ingress" : "egress";
    const protocol = parseSecurityProtocol(rule.at("ipProtocol"));
    const peers = readPeers(rule, [rule.at("cidrIpv4"), rule.at("cidrIpv6")], {
      groups: this.point(rule, rule.at("referencedSecurityGroupId")),
      lists: rule.at("prefixListId"),
    });
    this.add(this.point(rule, rule.at("securityGroupId")), {
      ...{ resource: rule, direction, protocol, peers },
      ports: parsePortRange(protocol, rule.at("fromPort"), rule.at("toPort")),
    });
  }

  private readClassic(rule: Resource): void {
    const direction = rule.at("type").isWord("egress") ? "egress" : "ingress";
    const owner = this.point(rule, rule.at("securityGroupId"));
    this.add(owner, this.classic(rule, rule.props, direction, "sourceSecurityGroupId"));
  }

  private classic(
    resource: Resource,
    at: Value,
    direction: Direction,
    groupsKey: string,
  ): Omit<GroupRule, "certain"> {
    const protocol = parseSecurityProtocol(at.at("protocol"));
    const peers = readPeers(resource, [at.at("cidrBlocks"), at.at("ipv6CidrBlocks")], {
      groups: this.point(resource, at.at(groupsKey)),
      lists: at.at("prefixListIds"),
    });
    if (at.at("self").boolean === true) peers.push({ kind: "self" });
    return {
      ...{ resource, direction, protocol, peers },
      ports: parsePortRange(protocol, at.at("fromPort"), at.at("toPort")),
    };
  }

  private point(resource: Resource, value: Value): Pointer {
    return value.absent ? joined([]) : pointsTo(this.graph, resource, value, GROUP_TYPES);
  }
}
