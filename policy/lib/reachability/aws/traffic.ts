import type { Graph } from "../../graph/graph";
import { contains, overlaps } from "../../net/ranges";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import type { Peer } from "./group-rule";
import type { Direction, GroupRule, SecurityGroups } from "./groups";
import { rangeOf, type Interface } from "./interface";

/** True if a rule lets TCP through on a port; undefined where its ports are unknown. */
export function covers(rule: GroupRule, port: number): boolean | undefined {
  if (rule.protocol !== "tcp" && rule.protocol !== "all") return false;
  if (rule.ports === undefined) return undefined;
  return rule.ports.from <= port && port <= rule.ports.to;
}

/** What security groups say about one connection; they are stateful, so only its opening counts. */
export class Traffic {
  private readonly graph: Graph;
  private readonly groups: SecurityGroups;

  constructor(graph: Graph, groups: SecurityGroups) {
    this.graph = graph;
    this.groups = groups;
  }

  /** Out of the client's groups and into the target's. */
  allowed(client: Interface, target: Interface, port: number): Answer {
    return all([
      this.one("egress", client, target, port),
      this.one("ingress", target, client, port),
    ]);
  }

  /** Into the target's groups, whatever the client's let out. */
  enters(client: Interface, target: Interface, port: number): Answer {
    return this.one("ingress", target, client, port);
  }

  /** True where none of these groups has a rule of a direction. */
  hasNone(groups: readonly Resource[], direction: Direction): boolean {
    return groups.every((group) => this.groups.rulesOf(group, direction).length === 0);
  }

  /** True where no rule of any of these groups lets TCP through on a port, whoever it is about. */
  isShut(groups: readonly Resource[], direction: Direction, port: number): boolean {
    return groups.every((group) =>
      this.groups.rulesOf(group, direction).every((rule) => covers(rule, port) === false),
    );
  }

  /** True if some group of an interface lets TCP out to the whole internet on a port. */
  outToInternet(client: Interface, port: number): Answer {
    return this.guarded(client, "egress", port, (peer) => {
      if (peer.kind === "unknown") return unknown(`${peer.path} of an egress rule is unknown`);
      return peer.kind === "range" && peer.range.from === 0n && peer.range.to > 0xfffffffen
        ? YES
        : undefined;
    });
  }

  /** True if some group lets TCP out to a prefix list (or everywhere). */
  outToList(client: Interface, port: number, isList: (peer: Peer) => boolean): Answer {
    return any(
      [
        this.outToInternet(client, port),
        this.guarded(client, "egress", port, (peer) => (isList(peer) ? YES : undefined)),
      ],
      `nothing lets TCP ${port} out`,
    );
  }

  private one(direction: Direction, own: Interface, other: Interface, port: number): Answer {
    if (own.byDefault === "as made" && direction === "ingress" && other.byDefault !== "as made")
      return no("the VPC's default security group lets in nobody but its own members");
    const answer = this.guarded(own, direction, port, (peer, group) =>
      this.matches(peer, group, other),
    );
    return answer.verdict !== "yes" && this.inRanges(own, direction, port, other) ? YES : answer;
  }

  /** True where several rules together name every subnet of the other side, such as one for each zone. */
  private inRanges(own: Interface, direction: Direction, port: number, other: Interface): boolean {
    const { targets, maybe, outside, blind } = other.subnets;
    if (targets.length === 0 || blind || maybe.length + outside.length > 0) return false;
    const ranges = own.groups.targets
      .flatMap((group) => this.groups.rulesOf(group, direction))
      .filter((rule) => rule.certain && covers(rule, port) === true)
      .flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === "range" ? peer.range : [])));
    return targets.every((subnet) => {
      const inner = rangeOf(subnet);
      return inner !== undefined && ranges.some((range) => contains(range, inner));
    });
  }

  /** One rule of any group is enough. */
  private guarded(
    own: Interface,
    direction: Direction,
    port: number,
    match: (peer: Peer, group: Resource) => Answer | undefined,
  ): Answer {
    const way = direction === "egress" ? "out" : "in";
    if (own.byDefault === "outside")
      return unknown("the default security group of a VPC outside the plan decides");
    if (own.byDefault === "as made") return YES;
    const answers: Answer[] = [];
    for (const group of own.groups.targets) {
      for (const rule of this.groups.rulesOf(group, direction)) {
        const fits = covers(rule, port);
        if (fits === false) continue;
        const peers = rule.peers
          .map((peer) => match(peer, group))
          .filter((each) => each !== undefined);
        const answer = any(peers, "");
        if (answer.verdict === "no") continue;
        if (fits === undefined || !rule.certain)
          answers.push(unknown(`ports or group of ${rule.resource.name} are unknown`));
        else answers.push(answer);
      }
    }
    if (own.groups.blind || own.groups.maybe.length > 0 || own.groups.outside.length > 0)
      answers.push(unknown(`security group ${own.groups.outside.join(", ")} is outside the plan`));
    const names = own.groups.targets.map(({ name }) => name).join(", ");
    return any(answers, `no ${direction} rule of ${names} lets TCP ${port} ${way}`);
  }

  /** Whether a peer of one of `own`'s rules is the other interface. */
  private matches(peer: Peer, group: Resource, other: Interface): Answer | undefined {
    switch (peer.kind) {
      case "group":
        return this.carries(other, peer.group, peer.certain);
      case "self":
        return this.carries(other, group, true);
      case "range":
        return this.inRange(peer, other);
      case "outside":
        return other.groups.outside.includes(peer.text) ? YES : undefined;
      case "unknown":
        return unknown(`${peer.path} of a rule of ${group.name} is unknown`);
      case "list":
        return undefined;
    }
  }

  private carries(other: Interface, group: Resource, certain: boolean): Answer | undefined {
    if (other.groups.targets.includes(group))
      return certain ? YES : unknown(`a rule may name ${group.name}`);
    if (other.groups.maybe.includes(group)) return unknown(`${group.name} may be attached`);
    const open = other.groups.blind || other.groups.outside.length > 0;
    return open || other.byDefault === "outside"
      ? unknown("a security group is outside the plan or not known yet")
      : undefined;
  }

  private inRange(peer: Peer & { kind: "range" }, other: Interface): Answer | undefined {
    if (peer.range.from === 0n && peer.range.to >= 0xffffffffn) return YES;
    const ranges = other.subnets.targets.map(rangeOf);
    if (ranges.some((range) => range === undefined) || ranges.length === 0)
      return unknown(`the range of the subnets is unknown`);
    const known = ranges.flatMap((range) => range ?? []);
    if (known.every((range) => contains(peer.range, range)))
      return other.subnets.blind ? unknown("some subnets are unknown") : YES;
    return known.some((range) => overlaps(peer.range, range))
      ? no(`${peer.text} holds a part of the subnets only`)
      : undefined;
  }
}
