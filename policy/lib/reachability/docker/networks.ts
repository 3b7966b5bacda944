import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Value } from "../../value/value";
import { pointsTo } from "../pointer";

export const NETWORK = "docker:index/network:Network";
export const CONTAINER = "docker:index/container:Container";
export const SERVICE = "docker:index/service:Service";

/** The network of containers that name none; it answers no names. */
export const DEFAULT_BRIDGE = "the default bridge";

/** A network a container is a member of. */
export interface Membership {
  /** URN of the network, or its name where the plan does not hold it. */
  readonly network: string;
  /** Further names of the container there. */
  readonly aliases: readonly string[];
  /** The network itself; absent for those outside the plan and the default bridge. */
  readonly resource: Resource | undefined;
}

/** How a container is attached. */
export interface Attachment {
  readonly mode: "bridge" | "host" | "none" | "shared";
  readonly memberships: readonly Membership[];
  /** True where a network is unknown. */
  readonly open: boolean;
  /** The container whose network it shares: to everybody else the two are one. */
  readonly owner?: Resource;
}

/** The networks of a container or a Swarm service. */
export function attachmentOf(graph: Graph, resource: Resource): Attachment {
  const at = resource.at("networkMode");
  const mode = at.text ?? "";
  if (mode === "host") return { mode: "host", memberships: [], open: false };
  if (mode === "none") return { mode: "none", memberships: [], open: false };
  // Before the update only a mode made of another container's id is unknown.
  if (at.unknown || mode.startsWith("container:")) {
    const [owner] = pointsTo(graph, resource, at, [CONTAINER]).targets;
    return { mode: "shared", memberships: [], open: true, ...(owner ? { owner } : {}) };
  }
  const list =
    resource.type === SERVICE
      ? resource.at("taskSpec.networksAdvanceds")
      : resource.at("networksAdvanced");
  if (list.unknown) return { mode: "bridge", memberships: [], open: true };
  const read = list.items.map((at) => readMembership(graph, resource, at));
  const memberships = read.flatMap((each) => each ?? []);
  if (list.items.length === 0 && resource.type === CONTAINER)
    memberships.push({ network: DEFAULT_BRIDGE, aliases: [], resource: undefined });
  return { mode: "bridge", memberships, open: read.includes(undefined) };
}

function readMembership(graph: Graph, resource: Resource, at: Value): Membership | undefined {
  const aliases = at.at("aliases").each.flatMap((alias) => alias.text ?? []);
  const { targets, outside } = pointsTo(graph, resource, at.at("name"), [NETWORK]);
  const [target] = targets;
  if (target !== undefined) return { network: target.urn, aliases, resource: target };
  const [name] = outside;
  return name === undefined ? undefined : { network: name, aliases, resource: undefined };
}

/** True if members of a network reach each other at all. */
export function letsMembersTalk({ resource }: Membership): boolean {
  const option = resource
    ?.at("options")
    .entries.find(([key]) => key === "com.docker.network.bridge.enable_icc")?.[1];
  return option === undefined || option.isWord("true") || option.unknown;
}
