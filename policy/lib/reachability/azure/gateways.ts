import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { any, unknown, YES, type Answer } from "../answer";
import type { Entrance, Use } from "../model";
import { madeFrom } from "../pointer";
import { isClosed } from "./ingress";
import { APP, GATEWAY, type AzureNode } from "./nodes";
import { ENVIRONMENT } from "./places";
import { ZONE, type PrivateNames } from "./private-dns";

/** Gateways and the apps in their pools, as far as the pools name them already. */
export function wiredApps(nodes: readonly AzureNode[]): Use[] {
  const apps = nodes.filter(({ resource }) => resource.type === APP);
  return nodes
    .filter(({ resource }) => resource.type === GATEWAY)
    .flatMap((client) => {
      const named = client.resource
        .at("backendAddressPools")
        .items.flatMap((pool) => pool.at("backendAddresses").items)
        .flatMap((address) => address.at("fqdn").text ?? []);
      return apps
        .filter(({ hosts }) => hosts.some((host) => named.includes(host)))
        .map((target) => ({
          ...{ client, target, ports: [443] },
          ...{ origin: "backendAddressPools", declared: false },
        }));
    });
}

/** A closed environment's names are answered by a zone that bears its domain, in networks it is linked to. */
export function knowsApp(
  graph: Graph,
  names: PrivateNames,
  gateway: AzureNode,
  app: AzureNode,
): Answer {
  const environment = graph.find(app.environment ?? "");
  if (environment === undefined)
    return unknown(`the environment of ${app.name} is outside the plan`);
  if (!isClosed(environment)) return YES;
  const zones = graph.ofType(ZONE).filter((zone) => bears(graph, zone, environment));
  if (zones.length === 0)
    return unknown(`who answers for the domain of ${environment.name} is outside the plan`);
  return any(
    zones.map((zone) => names.linked(zone, gateway.place?.vnet)),
    `no zone answers for ${environment.name}`,
  );
}

const bears = (graph: Graph, zone: Resource, environment: Resource): boolean =>
  madeFrom(graph, zone, zone.at("privateZoneName"), [ENVIRONMENT]).includes(environment);

/** It is on the internet by a public address in front, on the ports of its front. */
export function gatewayEntrances(node: AzureNode): Entrance[] {
  const isPublic = node.resource
    .at("frontendIPConfigurations")
    .items.some((front) => front.at("publicIPAddress").present);
  if (!isPublic) return [];
  return node.resource.at("frontendPorts").items.map((port) => ({
    ...({ node, verdict: "yes", through: node.name } as const),
    port: port.at("port").number,
  }));
}
