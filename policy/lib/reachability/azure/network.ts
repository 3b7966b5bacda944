import type { Graph } from "../../graph/graph";
import { isWorld, parseRange, rangeBetween } from "../../net/ranges";
import type { Resource } from "../../resource";
import { all, any, no, unknown, YES, type Answer } from "../answer";
import type { Admission, CloudNetwork, Entrance, Use } from "../model";
import type { Sharing } from "../sharing";
import { pointsTo } from "../pointer";
import { FrontDoor } from "./front-door";
import { gatewayEntrances, knowsApp, wiredApps } from "./gateways";
import { admittedToApp, answersOutside, appEntrances } from "./ingress";
import { azureNodes, GATEWAY, type AzureNode } from "./nodes";
import { areJoined, rangesOf, type Place } from "./places";
import { PrivateNames } from "./private-dns";
import { NetworkSecurityGroups, type End } from "./security-group";

/** Azure's part of a plan. */
export class AzureNetwork implements CloudNetwork {
  readonly nodes: readonly AzureNode[];
  readonly wired: readonly Use[];
  readonly names: PrivateNames;
  readonly guards: NetworkSecurityGroups;
  private readonly graph: Graph;
  private readonly frontDoor: FrontDoor;

  constructor(graph: Graph) {
    this.graph = graph;
    this.names = new PrivateNames(graph);
    this.guards = new NetworkSecurityGroups(graph);
    this.nodes = azureNodes(graph);
    this.frontDoor = new FrontDoor(graph, this.nodes);
    this.wired = [...this.frontDoor.wired, ...wiredApps(this.nodes)];
  }

  reach(client: AzureNode, target: AzureNode, port: number): Answer {
    if (client.resource.type === GATEWAY) return this.passes(client, target, port);
    if (client.kind === "edge") return this.frontDoor.reaches(client, target);
    if (target.store === undefined) return this.calls(client, target);
    const ways = [
      ...this.doors(target).map((door) => this.through(client, target, door, port)),
      ...(target.store.public === false ? [] : [this.publicly(target)]),
    ];
    return any(
      ways,
      `${target.name} has neither a subnet nor a private endpoint nor a public address`,
    );
  }

  /** A gateway stands in a network and calls an app as anybody there does. */
  private passes(gateway: AzureNode, app: AzureNode, port: number): Answer {
    const outside = answersOutside(app);
    const place = app.place;
    if (outside.verdict !== "yes" || place === undefined) return outside;
    return all([
      this.open(gateway, { place, endpoint: undefined }, port),
      knowsApp(this.graph, this.names, gateway, app),
    ]);
  }

  /** Apps call each other inside their environment, and from elsewhere where the callee's ingress is external. */
  private calls(client: AzureNode, target: AzureNode): Answer {
    if (target.environment === undefined || client.environment === target.environment) return YES;
    return target.resource.at("configuration.ingress.external").boolean === true
      ? YES
      : no(`${target.name} answers inside its environment only (ingress.external)`);
  }

  /** The places at which a store is reached privately: its own subnet, or a private endpoint's. */
  private doors(target: AzureNode): Door[] {
    const own = target.store?.place;
    if (own !== undefined) return [{ place: own, endpoint: undefined }];
    return this.names
      .endpointsOf(target.resource)
      .map((endpoint) => ({ place: this.names.placeOf(endpoint), endpoint }));
  }

  private through(client: AzureNode, target: AzureNode, door: Door, port: number): Answer {
    const place = client.place;
    if (place === undefined)
      return no(`${client.name} stands in no virtual network, and ${target.name} in one`);
    return all([
      this.open(client, door, port),
      door.endpoint === undefined
        ? this.names.answers(target.resource, target.store?.zone ?? "", place.vnet)
        : this.names.resolves(door.endpoint, place.vnet),
    ]);
  }

  /** Routes and security groups between a client and a door. */
  private open(client: AzureNode, { place, endpoint }: Door, port: number): Answer {
    const here = client.place?.vnet;
    const there = place.vnet;
    if (here === undefined || there === undefined)
      return unknown("a subnet or its virtual network is outside the plan");
    if (!areJoined(this.graph, here, there))
      return no(`${client.name} stands in another virtual network, and the two are not peered`);
    const from = endOf(client.place as Place, client.name);
    const to = endOf(place, endpoint?.name ?? place.subnet?.name ?? "");
    const outward = client.place?.subnet;
    return all([
      outward === undefined ? YES : this.guards.allowed(outward, "Outbound", from, to, port),
      this.inward(place, endpoint, from, to, port),
    ]);
  }

  /** Groups count at private endpoints only where the subnet says so. */
  private inward(
    place: Place,
    endpoint: Resource | undefined,
    from: End,
    to: End,
    port: number,
  ): Answer {
    if (place.subnet === undefined) return unknown("the subnet of the target is outside the plan");
    if (endpoint !== undefined) {
      const policies = place.subnet.at("privateEndpointNetworkPolicies");
      if (policies.unknown) return unknown(`${policies.path} of ${place.subnet.name} is unknown`);
      if (!policies.isWord("Enabled", "NetworkSecurityGroupEnabled")) return YES;
    }
    return this.guards.allowed(place.subnet, "Inbound", from, to, port);
  }

  private publicly(target: AzureNode): Answer {
    const store = target.store;
    if (store?.openByDefault === true && this.rulesOf(target).length === 0)
      return store.public === undefined
        ? unknown(`publicNetworkAccess of ${target.name} is unknown`)
        : YES;
    const rules = this.rulesOf(target);
    if (rules.some(admitsAzure)) return YES;
    if (rules.length > 0 || store?.public === undefined)
      return unknown(`whether ${target.name} admits the client's address is not in the plan`);
    return no(`${target.name} has a public address that admits nobody (no FirewallRule)`);
  }

  private rulesOf({ resource, store }: AzureNode): Resource[] {
    const rules = store?.rules;
    if (rules === undefined) return [];
    return this.graph
      .ofType(rules.type)
      .filter((rule) =>
        pointsTo(this.graph, rule, rule.at(rules.of), [resource.type]).targets.includes(resource),
      );
  }

  admitted(target: AzureNode, port: number): Admission[] {
    if (target.environment !== undefined) return admittedToApp(this.graph, this.nodes, target);
    return this.doors(target).flatMap((door) => {
      const through = door.endpoint?.name ?? door.place.subnet?.name ?? "its subnet";
      const members = this.nodes.flatMap((node): Admission[] => {
        if (node === target || node.place === undefined) return [];
        const { verdict } = this.open(node, door, port);
        return verdict === "no" ? [] : [{ node, who: node.name, verdict, through }];
      });
      const rest = this.inward(
        door.place,
        door.endpoint,
        this.stranger(door.place),
        endOf(door.place, through),
        port,
      );
      if (rest.verdict !== "yes") return members;
      const who = "everything else in the virtual network";
      return [...members, { who, verdict: "yes", through, sharing: "whole VNet" }];
    });
  }

  /** Somebody else, anywhere in the network of a place. */
  private stranger({ vnet }: Place): End {
    const network = this.graph.find(vnet ?? "");
    const prefixes = network?.at("addressSpace.addressPrefixes").each ?? [];
    const ranges = prefixes.flatMap(({ text }) => parseRange(text ?? "") ?? []);
    return { name: "the virtual network", ranges, inside: true, anywhere: true };
  }

  /** Apps of one environment share its subnet, so no rule of the network can tell them apart. */
  sharing(extra: AzureNode, clients: readonly AzureNode[]): Sharing | undefined {
    const together =
      extra.environment !== undefined &&
      clients.some(({ environment }) => environment === extra.environment);
    return together ? "same environment" : undefined;
  }

  entrances(node: AzureNode): Entrance[] {
    if (node.resource.type === GATEWAY) return gatewayEntrances(node);
    if (node.kind === "edge") return this.frontDoor.entrances(node);
    return node.store === undefined ? appEntrances(this.graph, node) : this.storeEntrances(node);
  }

  private storeEntrances(node: AzureNode): Entrance[] {
    const store = node.store;
    if (store === undefined || store.public === false) return [];
    const rules = this.rulesOf(node);
    const world = rules.filter((rule) => isWorld(rangeOfRule(rule)));
    const port = store.ports[0];
    const verdict = store.public === undefined ? "unknown" : "yes";
    if (rules.length === 0 && store.openByDefault)
      return [{ node, port, verdict, through: "publicNetworkAccess" }];
    return world.map((rule) => ({ node, port, verdict, through: rule.name }));
  }
}

interface Door {
  readonly place: Place;
  readonly endpoint: Resource | undefined;
}

function endOf(place: Place, name: string): End {
  const ranges = place.subnet === undefined ? undefined : rangesOf(place.subnet);
  return { name, ranges, inside: true };
}

/** The first and last address of a rule; Redis calls them otherwise. */
function endsOfRule(rule: Resource): [string, string] {
  const end = (...names: string[]): string =>
    names.flatMap((name) => rule.at(name).text ?? [])[0] ?? "";
  return [end("startIpAddress", "startIP"), end("endIpAddress", "endIP")];
}

function rangeOfRule(rule: Resource) {
  const range = rangeBetween(...endsOfRule(rule));
  return range === undefined ? [] : [range];
}

/** 0.0.0.0 to 0.0.0.0 means every address of Azure, of all customers. */
function admitsAzure(rule: Resource): boolean {
  return endsOfRule(rule).every((end) => end === "0.0.0.0");
}
