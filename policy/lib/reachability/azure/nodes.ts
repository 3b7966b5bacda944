import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Node, Told } from "../model";
import { pointsTo } from "../pointer";
import { ENVIRONMENT, placeIn, type Place } from "./places";
import { STORE_READERS, type StorePlace } from "./stores";

export const APP = "azure-native:app:ContainerApp";
export const JOB = "azure-native:app:Job";
export const FRONT_DOOR = "azure-native:cdn:AFDEndpoint";
export const GATEWAY = "azure-native:network:ApplicationGateway";
const GROUP = "azure-native:containerinstance:ContainerGroup";
const WEB_APP = "azure-native:web:WebApp";

/** Types that make nodes of Azure. */
export const AZURE_NODE_TYPES: readonly string[] = [
  ...[APP, JOB, GROUP, WEB_APP, FRONT_DOOR, GATEWAY],
  ...Object.keys(STORE_READERS),
];

/** A node of Azure and where it stands. */
export interface AzureNode extends Node {
  /** Subnet it connects from; absent for those outside every virtual network. */
  readonly place: Place | undefined;
  /** URN of its environment. */
  readonly environment: string | undefined;
  readonly store: StorePlace | undefined;
}

/** Every node of Azure a plan holds. */
export function azureNodes(graph: Graph): AzureNode[] {
  return graph.ofType(...AZURE_NODE_TYPES).map((resource) => readNode(graph, resource));
}

function readNode(graph: Graph, resource: Resource): AzureNode {
  const store = STORE_READERS[resource.type]?.(graph, resource);
  const plain = {
    ...({ cloud: "azure", name: resource.name, resource, store } as const),
    ...{ told: [], place: undefined, environment: undefined },
  };
  if (store !== undefined) {
    const { ports, hosts } = store;
    return { ...plain, kind: "store", ports, hosts };
  }
  const nothing = { ports: [], hosts: [] };
  const told = (...names: string[]): Told[] =>
    names.map((name) => ({ resource, value: resource.at(name) }));
  switch (resource.type) {
    case FRONT_DOOR:
      return { ...plain, ...nothing, kind: "edge" };
    case GATEWAY: {
      const place = placeIn(graph, resource, resource.at("gatewayIPConfigurations"));
      return { ...plain, ...nothing, kind: "edge", place };
    }
    case GROUP: {
      const place = placeIn(graph, resource, resource.at("subnetIds"));
      return {
        ...plain,
        ...nothing,
        kind: "job",
        told: told("containers", "initContainers"),
        place,
      };
    }
    case WEB_APP: {
      const place = placeIn(graph, resource, resource.at("virtualNetworkSubnetId"));
      return { ...plain, ...nothing, kind: "workload", told: told("siteConfig"), place };
    }
    default: {
      const kind = resource.type === JOB ? "job" : "workload";
      // Inside their environment apps answer to their plain name.
      const names = [resource.at("containerAppName"), resource.outputs.at("name")];
      const hosts = [resource.outputs.at("configuration.ingress.fqdn"), ...names];
      return {
        ...{ ...plain, ...nothing, kind, ...environmentOf(graph, resource) },
        told: told("configuration", "template"),
        hosts: [...new Set(hosts.flatMap(({ text }) => text ?? []))],
      };
    }
  }
}

/** An app stands in the subnet of its environment, together with all other apps of it. */
function environmentOf(graph: Graph, resource: Resource): Pick<AzureNode, "place" | "environment"> {
  const named = resource.at("environmentId").present ? "environmentId" : "managedEnvironmentId";
  const { targets, outside } = pointsTo(graph, resource, resource.at(named), [ENVIRONMENT]);
  const [environment] = targets;
  if (environment === undefined)
    return { place: { subnet: undefined, vnet: undefined }, environment: outside[0] };
  const value = environment.at("vnetConfiguration.infrastructureSubnetId");
  return { place: placeIn(graph, environment, value), environment: environment.urn };
}
