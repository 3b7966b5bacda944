import type { Graph } from "../../graph/graph";
import { parseRange, type AddressRange } from "../../net/ranges";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { pointsTo } from "../pointer";

export const VNET = "azure-native:network:VirtualNetwork";
export const SUBNET = "azure-native:network:Subnet";
export const ENVIRONMENT = "azure-native:app:ManagedEnvironment";
const PEERING = "azure-native:network:VirtualNetworkPeering";

/** Where something stands: a subnet of a virtual network. */
export interface Place {
  /** Absent where the plan does not hold the subnet. */
  readonly subnet: Resource | undefined;
  /** URN of the network, or the id of one outside the plan; undefined where it is unknown. */
  readonly vnet: string | undefined;
}

/** The subnet a property names. */
export function placeIn(graph: Graph, resource: Resource, value: Value): Place | undefined {
  if (value.absent) return undefined;
  const { targets, outside } = pointsTo(graph, resource, value, [SUBNET]);
  const [subnet] = targets;
  if (subnet !== undefined && targets.length === 1)
    return { subnet, vnet: vnetIn(graph, subnet, subnet.at("virtualNetworkName")) };
  const named = /^(.*\/virtualNetworks\/[^/]+)\/subnets\//i.exec(outside[0] ?? "")?.[1];
  return { subnet: undefined, vnet: named };
}

/** The virtual network a property names. */
export function vnetIn(graph: Graph, resource: Resource, value: Value): string | undefined {
  const { targets, outside } = pointsTo(graph, resource, value, [VNET]);
  return targets.length === 1 ? targets[0]?.urn : outside[0];
}

/** Address ranges of a subnet; undefined where one is unknown. */
export function rangesOf(subnet: Resource): AddressRange[] | undefined {
  const texts = [...subnet.at("addressPrefix").each, ...subnet.at("addressPrefixes").each];
  const ranges = texts.map(({ text }) => (text === undefined ? undefined : parseRange(text)));
  return ranges.length === 0 || ranges.includes(undefined) ? undefined : (ranges as AddressRange[]);
}

/** True if traffic is routed between two networks: the same one, or both peered with each other. */
export function areJoined(graph: Graph, one: string, other: string): boolean {
  if (one === other) return true;
  const leads = (from: string, to: string): boolean =>
    graph
      .ofType(PEERING)
      .some(
        (each) =>
          vnetIn(graph, each, each.at("virtualNetworkName")) === from &&
          vnetIn(graph, each, each.at("remoteVirtualNetwork")) === to &&
          each.at("allowVirtualNetworkAccess").boolean !== false,
      );
  return leads(one, other) && leads(other, one);
}
