import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { isResolved, pointsTo, type Pointer } from "../pointer";

export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
export const CONNECTOR = "gcp:vpcaccess/connector:Connector";

/** The interface of a Cloud Run revision or a machine in a VPC. */
export interface Placement {
  /** URN of the network, or its name outside the plan; undefined where it is not known. */
  readonly network: string | undefined;
  /** What stands there: the subnetwork or the connector. */
  readonly subnetwork: Resource | undefined;
  readonly region: string | undefined;
  readonly tags: readonly string[];
  /** True where tags are unknown. */
  readonly tagsOpen: boolean;
  /** True where all traffic takes the VPC, not only that to private ranges. */
  readonly allTraffic: boolean;
}

/** The network a property names: its URN, or its last part where the plan does not hold it. */
export function networkIn(graph: Graph, resource: Resource, value: Value): string | undefined {
  if (value.absent) return undefined;
  const pointer = pointsTo(graph, resource, value, [NETWORK]);
  const [target] = pointer.targets;
  if (target !== undefined && pointer.targets.length === 1) return target.urn;
  return lastOf(pointer);
}

function lastOf({ outside }: Pointer): string | undefined {
  return outside.length === 1 ? outside[0]?.split("/").at(-1) : undefined;
}

/** The way of a Cloud Run revision into a VPC: direct egress or a connector. */
export function accessOf(graph: Graph, resource: Resource, access: Value): Placement | undefined {
  if (access.absent) return undefined;
  const allTraffic = access.at("egress").isWord("ALL_TRAFFIC");
  const connector = access.at("connector");
  if (connector.present) {
    const [target] = pointsTo(graph, resource, connector, [CONNECTOR]).targets;
    return target === undefined
      ? { ...NOWHERE, allTraffic, tagsOpen: true }
      : { ...connectorPlace(graph, target), allTraffic };
  }
  const [first] = access.at("networkInterfaces").items;
  if (first === undefined) return { ...NOWHERE, allTraffic, tagsOpen: true };
  return { ...interfacePlace(graph, resource, first), allTraffic };
}

const NOWHERE: Placement = {
  ...{ network: undefined, subnetwork: undefined, region: undefined },
  ...{ tags: [], tagsOpen: false, allTraffic: false },
};

/** The place of one interface. */
export function interfacePlace(graph: Graph, resource: Resource, at: Value): Placement {
  const subnetworks = pointsTo(graph, resource, at.at("subnetwork"), [SUBNETWORK]);
  const subnetwork = isResolved(subnetworks) ? subnetworks.targets[0] : undefined;
  const named =
    subnetwork === undefined
      ? networkIn(graph, resource, at.at("network"))
      : networkIn(graph, subnetwork, subnetwork.at("network"));
  const tags = at.at("tags").each;
  return {
    ...{ network: named, subnetwork, allTraffic: false },
    region: subnetwork?.at("region").text,
    tags: tags.flatMap((tag) => tag.text ?? []),
    tagsOpen: tags.some((tag) => tag.unknown),
  };
}

function connectorPlace(graph: Graph, connector: Resource): Placement {
  const [subnetwork] = pointsTo(graph, connector, connector.at("subnet.name"), [
    SUBNETWORK,
  ]).targets;
  const named =
    subnetwork === undefined
      ? networkIn(graph, connector, connector.at("network"))
      : networkIn(graph, subnetwork, subnetwork.at("network"));
  const region = connector.at("region").text;
  // Google gives the machines of every connector these tags.
  return { ...NOWHERE, network: named, subnetwork: connector, region, tags: ["vpc-connector"] };
}
