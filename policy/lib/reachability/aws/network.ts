import type { Graph } from "../../graph/graph";
import { isPublic, overlaps } from "../../net/ranges";
import type { Resource } from "../../resource";
import { all, no, unknown, YES, type Answer } from "../answer";
import type { Admission, CloudNetwork, Entrance, Use } from "../model";
import { wiredBackends } from "./balancers";
import type { Peer } from "./group-rule";
import { SecurityGroups } from "./groups";
import { rangeOf, vpcsOf, type Interface } from "./interface";
import { Internet } from "./internet";
import { NetworkAcls } from "./network-acls";
import { awsNodes, BALANCER, type AwsNode } from "./nodes";
import { Routes } from "./routes";
import { ServiceApis } from "./services";
import { covers, Traffic } from "./traffic";

/** AWS's part of a plan. */
export class AwsNetwork implements CloudNetwork {
  readonly nodes: readonly AwsNode[];
  readonly wired: readonly Use[];
  readonly internet: Internet;
  readonly services: ServiceApis;
  readonly traffic: Traffic;
  readonly routes: Routes;
  private readonly graph: Graph;
  private readonly groups: SecurityGroups;
  private readonly acls: NetworkAcls;

  constructor(graph: Graph) {
    this.graph = graph;
    this.groups = new SecurityGroups(graph);
    this.routes = new Routes(graph);
    this.acls = new NetworkAcls(graph);
    this.traffic = new Traffic(graph, this.groups);
    this.internet = new Internet(graph, this.routes, this.traffic);
    this.services = new ServiceApis(graph, this.traffic, this.internet, this.routes);
    this.nodes = awsNodes(graph);
    this.wired = wiredBackends(graph, this.nodes);
  }

  reach(client: AwsNode, target: AwsNode, port: number): Answer {
    if (client.interfaces.length === 0) return this.fromOutside(client, target, port);
    if (target.interfaces.length === 0)
      return target.kind === "store"
        ? no(`${target.name} has no network interface in any subnet`)
        : YES;
    const pairs = client.interfaces.flatMap((own) =>
      target.interfaces.map((other) => [own, other] as const),
    );
    return all(
      pairs.map(([own, other]) =>
        all([
          this.routed(own, other),
          this.traffic.allowed(own, other, port),
          this.acls.allowed(own, other, port),
        ]),
      ),
    );
  }

  /** What runs outside every VPC comes from some address on the internet. */
  private fromOutside(client: AwsNode, target: AwsNode, port: number): Answer {
    const address = target.publicAddress;
    if (address?.unknown === true) return unknown(`${address.path} of ${target.name} is unknown`);
    if (address?.boolean !== true)
      return no(`${client.name} runs outside every VPC, and ${target.name} has no public address`);
    const open = this.admitted(target, port).some(({ node }) => node === undefined);
    return open
      ? unknown(`whether ${target.name} admits the address of ${client.name} is not in the plan`)
      : no(`${target.name} admits no address on the internet`);
  }

  /** In one VPC a local route always exists; between VPCs both need a route. */
  private routed(own: Interface, other: Interface): Answer {
    const here = vpcsOf(this.graph, own.subnets);
    const there = vpcsOf(this.graph, other.subnets);
    if ([...here.known].some((vpc) => there.known.has(vpc))) return this.resolves(here.known);
    if (here.open || there.open) return unknown("a subnet or its VPC is outside the plan");
    const bridged = (from: Interface): boolean =>
      from.subnets.targets.every((subnet) =>
        this.routes
          .hopsOf(subnet)
          .some(({ kind }) => kind === "peering" || kind === "transit-gateway"),
      );
    return bridged(own) && bridged(other)
      ? unknown("two VPCs are joined; which addresses are routed is not looked at")
      : no("they stand in two VPCs without routes between them");
  }

  private resolves(vpcs: ReadonlySet<string>): Answer {
    const silent = [...vpcs].flatMap((key) => {
      const vpc = this.graph.find(key);
      return vpc?.at("enableDnsSupport").boolean === false ? [vpc.name] : [];
    });
    return silent.length === 0 ? YES : no(`${silent.join()} answers no names (enableDnsSupport)`);
  }

  admitted(target: AwsNode, port: number): Admission[] {
    return target.interfaces.flatMap((own) => {
      if (own.byDefault === "outside")
        return [outsider("members of a default security group outside the plan", own)];
      return own.groups.targets.flatMap((group) =>
        this.groups.rulesOf(group, "ingress").flatMap((rule) => {
          const fits = covers(rule, port);
          if (fits === false) return [];
          const certain = fits === true && rule.certain;
          return rule.peers.flatMap((peer) =>
            this.members(peer, group, target).map((member): Admission => {
              const verdict = certain ? member.verdict : "unknown";
              return { ...member, verdict, through: rule.resource.name };
            }),
          );
        }),
      );
    });
  }

  /** Everybody a peer of a rule stands for. */
  private members(peer: Peer, group: Resource, target: AwsNode): Omit<Admission, "through">[] {
    const named = (node: AwsNode) => ({ node, who: node.name, verdict: "yes" as const });
    const others = this.nodes.filter((node) => node !== target);
    switch (peer.kind) {
      case "group":
      case "self": {
        const carried = peer.kind === "self" ? group : peer.group;
        const certain = peer.kind === "self" || peer.certain;
        return others.flatMap((node) => {
          const verdicts = node.interfaces.map((own) => carries(own, carried));
          if (verdicts.every((verdict) => verdict === "no")) return [];
          const sure = certain && verdicts.includes("yes");
          return [{ node, who: node.name, verdict: sure ? "yes" : "unknown" }];
        });
      }
      case "range": {
        const inside = others.filter((node) =>
          node.interfaces.some(({ subnets }) =>
            subnets.targets.some((subnet) => {
              const range = rangeOf(subnet);
              return range !== undefined && overlaps(peer.range, range);
            }),
          ),
        );
        const world = isPublic(peer.range) ? [{ who: peer.text, verdict: "yes" as const }] : [];
        return [...inside.map(named), ...world];
      }
      case "list":
        return [{ who: "a list of addresses", verdict: "unknown" }];
      case "outside":
        return [{ who: peer.text, verdict: "unknown" }];
      case "unknown":
        return [{ who: peer.path, verdict: "unknown" }];
    }
  }

  entrances(node: AwsNode): Entrance[] {
    return node.resource.type === BALANCER ? this.listened(node) : this.direct(node);
  }

  /** An internet-facing balancer answers on the ports of its listeners. */
  private listened(node: AwsNode): Entrance[] {
    const internal = node.resource.at("internal");
    if (internal.boolean === true) return [];
    const verdict = internal.unknown ? "unknown" : "yes";
    const listeners = this.graph
      .ofType("aws:lb/listener:Listener")
      .filter((each) =>
        this.graph
          .links(each, each.at("loadBalancerArn"), [BALANCER])
          .resources.includes(node.resource),
      );
    return listeners.map((listener) => ({
      ...{ node, verdict, port: listener.at("port").number },
      through: listener.name,
    }));
  }

  /** Without a balancer it takes a public address, a route and a rule. */
  private direct(node: AwsNode): Entrance[] {
    const address = node.publicAddress;
    if (address === undefined || (!address.unknown && address.boolean !== true)) return [];
    return node.interfaces.flatMap((own) => {
      const route = this.internet.anyPublic(own);
      if (route.verdict === "no") return [];
      const sure = !address.unknown && route.verdict === "yes";
      return own.groups.targets.flatMap((group) =>
        this.groups.rulesOf(group, "ingress").flatMap((rule) => {
          if (!rule.peers.some((peer) => peer.kind === "range" && isPublic(peer.range))) return [];
          const port = rule.ports?.from === rule.ports?.to ? rule.ports?.from : undefined;
          const verdict = sure && rule.certain ? "yes" : "unknown";
          return [
            { node, port, verdict, through: `${address.path} and ${rule.resource.name}` } as const,
          ];
        }),
      );
    });
  }
}

function carries(own: Interface, group: Resource): "yes" | "no" | "unknown" {
  if (own.groups.targets.includes(group)) return "yes";
  return own.groups.maybe.includes(group) || own.groups.blind ? "unknown" : "no";
}

function outsider(who: string, own: Interface): Admission {
  return { who, verdict: "unknown", through: own.subnets.targets.map(({ name }) => name).join() };
}
