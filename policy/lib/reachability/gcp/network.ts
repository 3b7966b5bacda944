import type { Graph } from "../../graph/graph";
import { isWorld, parseRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import type { Admission, CloudNetwork, Entrance, Node, Use } from "../model";
import { wiredServices } from "./edge";
import { EgressFirewall } from "./firewall";
import { invokersOf } from "./invokers";
import { NatGateways } from "./nat";
import { accessOf, interfacePlace, networkIn, type Placement } from "./placement";
import { SQL, STORE_READERS, type StorePlace } from "./stores";

export const RUN_SERVICE = "gcp:cloudrunv2/service:Service";
export const RUN_JOB = "gcp:cloudrunv2/job:Job";
export const WORKER_POOL = "gcp:cloudrunv2/workerPool:WorkerPool";
const MACHINE = "gcp:compute/instance:Instance";
const FORWARDING_RULE = "gcp:compute/globalForwardingRule:GlobalForwardingRule";
const CONNECTION = "gcp:servicenetworking/connection:Connection";
const EVERYTHING = parseRange("0.0.0.0/0") as NonNullable<ReturnType<typeof parseRange>>;

/** Types that make nodes of Google Cloud. */
export const GCP_NODE_TYPES: readonly string[] = [
  ...[RUN_SERVICE, RUN_JOB, WORKER_POOL, MACHINE, FORWARDING_RULE],
  ...Object.keys(STORE_READERS),
];

/** A node of Google Cloud and where it stands. */
export interface GcpNode extends Node {
  /** The workload's interface in a VPC; absent for those that have none. */
  readonly placement: Placement | undefined;
  readonly store: StorePlace | undefined;
}

/** Somebody else in a network, without tags. */
const STRANGER: Omit<Placement, "network"> = {
  ...{ subnetwork: undefined, region: undefined, tags: [], tagsOpen: false, allTraffic: true },
};

/** Google Cloud's part of a plan. */
export class GcpNetwork implements CloudNetwork {
  readonly nodes: readonly GcpNode[];
  readonly wired: readonly Use[];
  readonly nat: NatGateways;
  private readonly graph: Graph;
  private readonly firewall: EgressFirewall;

  constructor(graph: Graph) {
    this.graph = graph;
    this.firewall = new EgressFirewall(graph);
    this.nat = new NatGateways(graph);
    this.nodes = graph.ofType(...GCP_NODE_TYPES).map((resource) => readNode(graph, resource));
    this.wired = wiredServices(graph, this.nodes);
  }

  reach(client: GcpNode, target: GcpNode, port: number): Answer {
    if (client.kind === "edge") return this.byBalancer(target);
    if (target.store === undefined) return YES;
    const store = target.store;
    return any(
      [
        this.privately(client, target, store, port),
        ...(store.public === false ? [] : [this.publicly(target)]),
      ],
      "",
    );
  }

  /** Google's network is joined to one VPC, and to no other that is joined to that one. */
  private privately(client: GcpNode, target: GcpNode, store: StorePlace, port: number): Answer {
    const place = client.placement;
    if (place === undefined)
      return no(
        `${client.name} has no way into a VPC (vpcAccess), and ${target.name} has no other address`,
      );
    if (store.network === undefined) return no(`${target.name} is joined to no VPC`);
    if (place.network === undefined) return unknown(`the network of ${client.name} is unknown`);
    if (place.network !== store.network)
      return no(
        `${client.name} and ${target.name} are in two networks, and peering leads one step only`,
      );
    return all([
      sameRegion(client, place),
      this.joined(target, store),
      this.firewall.allowed(place, { store: target.resource, range: addressOf(target) }, port),
    ]);
  }

  private joined(target: GcpNode, store: StorePlace): Answer {
    if (!store.peered || this.graph.find(store.network ?? "") === undefined) return YES;
    const connections = this.graph
      .ofType(CONNECTION)
      .filter((each) => networkIn(this.graph, each, each.at("network")) === store.network);
    if (connections.length > 0) return YES;
    return no(
      `the network of ${target.name} has no connection to Google's services (servicenetworking.Connection)`,
    );
  }

  private publicly(target: GcpNode): Answer {
    const networks = target.resource.at("settings.ipConfiguration.authorizedNetworks");
    if (networks.each.length === 0)
      return no(`${target.name} admits no address (authorizedNetworks); only connectors reach it`);
    return unknown(`whether ${target.name} admits the client's address is not in the plan`);
  }

  /** The balancer stands outside the network; only the service's own ingress can refuse it. */
  private byBalancer(target: GcpNode): Answer {
    const ingress = target.resource.at("ingress");
    if (ingress.unknown) return unknown(`ingress of ${target.name} is unknown`);
    return ingress.isWord("INGRESS_TRAFFIC_INTERNAL_ONLY")
      ? no(`${target.name} admits no balancer (ingress INGRESS_TRAFFIC_INTERNAL_ONLY)`)
      : YES;
  }

  admitted(target: GcpNode, port: number): Admission[] {
    if (target.resource.type === RUN_SERVICE) return invokersOf(this.graph, this.nodes, target);
    const store = target.store;
    if (store?.network === undefined) return [];
    const through = this.graph.find(store.network)?.name ?? store.network;
    const members = this.nodes.flatMap((node): Admission[] => {
      if (node === target || node.placement === undefined) return [];
      const { verdict } = this.privately(node, target, store, port);
      return verdict === "no" ? [] : [{ node, who: node.name, verdict, through }];
    });
    const destination = { store: target.resource, range: addressOf(target) };
    const rest = this.firewall.allowed({ ...STRANGER, network: store.network }, destination, port);
    if (rest.verdict !== "yes") return members;
    const who = "everything else in the network";
    return [...members, { who, verdict: "yes", through, sharing: "whole network" }];
  }

  entrances(node: GcpNode): Entrance[] {
    if (node.kind === "edge") {
      const scheme = node.resource.at("loadBalancingScheme");
      if (scheme.isWord("INTERNAL", "INTERNAL_MANAGED", "INTERNAL_SELF_MANAGED")) return [];
      const port = Number(node.resource.at("portRange").text?.split("-")[0]);
      return [
        { node, port: Number.isNaN(port) ? undefined : port, verdict: "yes", through: node.name },
      ];
    }
    if (node.resource.type === RUN_SERVICE) return this.runEntrances(node);
    return node.resource.type === SQL ? sqlEntrances(node) : machineEntrances(node);
  }

  private runEntrances(node: GcpNode): Entrance[] {
    const ingress = node.resource.at("ingress");
    if (ingress.isWord("INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"))
      return [];
    if (node.resource.at("defaultUriDisabled").boolean === true) return [];
    const verdict = ingress.unknown ? "unknown" : "yes";
    return [
      { node, port: 443, verdict, through: "ingress INGRESS_TRAFFIC_ALL, its run.app address" },
    ];
  }

  /** A workload's way to addresses on the internet. */
  outbound(node: GcpNode): Answer {
    const place = node.placement;
    if (place === undefined || !place.allTraffic) return YES;
    if (place.subnetwork === undefined)
      return unknown(`the subnetwork of ${node.name} is outside the plan`);
    return all([
      this.nat.covers(place.subnetwork, place.network),
      this.firewall.allowed(place, { range: EVERYTHING }, 443),
    ]);
  }
}

function readNode(graph: Graph, resource: Resource): GcpNode {
  const reader = STORE_READERS[resource.type];
  const store = reader?.(graph, resource);
  const shared = { cloud: "gcp", name: resource.name, resource, store } as const;
  if (store !== undefined) {
    const { ports, hosts } = store;
    return { ...shared, kind: "store", ports, hosts, told: [], placement: undefined };
  }
  const told = (path: string) => [{ resource, value: resource.at(path) }];
  const plain = { ...shared, ports: [], hosts: [], placement: undefined };
  switch (resource.type) {
    case RUN_JOB: {
      const placement = accessOf(graph, resource, resource.at("template.template.vpcAccess"));
      return { ...plain, kind: "job", told: told("template"), placement };
    }
    case FORWARDING_RULE:
      return { ...plain, kind: "edge", told: [] };
    case MACHINE: {
      const [first] = resource.at("networkInterfaces").items;
      const place = first === undefined ? undefined : interfacePlace(graph, resource, first);
      const tags = resource.at("tags").each.flatMap(({ text }) => text ?? []);
      const placement = place === undefined ? undefined : { ...place, tags, allTraffic: true };
      return { ...plain, kind: "workload", told: told("metadata"), placement };
    }
    default: {
      const placement = accessOf(graph, resource, resource.at("template.vpcAccess"));
      return { ...plain, kind: "workload", told: told("template"), placement };
    }
  }
}

function sameRegion({ name, resource }: GcpNode, place: Placement): Answer {
  const region = resource.at("location").text;
  if (region === undefined || place.region === undefined || region === place.region) return YES;
  return no(`${name} is in ${region} and its subnetwork in ${place.region}`);
}

function addressOf(target: GcpNode) {
  const address = target.hosts.find((host) => /^\d+\.\d+\.\d+\.\d+$/.test(host));
  return address === undefined ? undefined : parseRange(address);
}

function sqlEntrances(node: GcpNode): Entrance[] {
  if (node.store?.public === false) return [];
  const networks = node.resource.at("settings.ipConfiguration.authorizedNetworks");
  const ranges = networks.items.map((item) => item.at("value"));
  const world = isWorld(ranges.flatMap(({ text }) => parseRange(text ?? "") ?? []));
  const open = networks.unknown || ranges.some((range) => range.unknown);
  if (!world && !open) return [];
  const verdict = world && node.store?.public === true ? "yes" : "unknown";
  return [{ node, port: node.ports[0], verdict, through: "authorizedNetworks" }];
}

function machineEntrances(node: GcpNode): Entrance[] {
  const addresses = node.resource
    .at("networkInterfaces")
    .items.filter((item) => item.at("accessConfigs").each.length > 0);
  return addresses.length === 0
    ? []
    : [{ node, port: undefined, verdict: "unknown", through: "accessConfigs" }];
}
