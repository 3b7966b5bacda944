import type { Resource } from "../resource";
import type { Settings } from "../settings";
import { contains, isPublic, parseRange } from "./ranges";
import type { Value } from "../value/value";

/** A port of a container that the host answers on. */
export interface PublishedPort {
  readonly at: Value;
  /** The container's own port. */
  readonly internal: Value;
  /** The host's port; absent means a random one. */
  readonly external: Value;
  /** True where the internet reaches it, undefined where only the update will tell. */
  readonly world: boolean | undefined;
  /** True where this project's own edge answers, whatever the host's port is; undefined where only the update will tell. */
  readonly edge: boolean | undefined;
}

const SERVICE = "docker:index/service:Service";

/** The container of an edge of this project, by its parent. */
const EDGE = /[:$]portolan:components:HttpsEdge::[^:]+$/;

/** Where that edge listens for HTTP and HTTPS; it has no privilege for ports below 1024. */
export const EDGE_PORTS: readonly number[] = [8080, 8443];

/** Published ports of a container or a Swarm service. */
export function publishedPorts(
  resource: Resource,
  settings: Pick<Settings, "allowedCidrs">,
): PublishedPort[] {
  const list = resource.at(resource.type === SERVICE ? "endpointSpec.ports" : "ports");
  const ports = list.each.filter((at) => at.isObject || at.unknown);
  if (resource.type === SERVICE) {
    return ports.map((at) => ({
      at,
      internal: at.at("targetPort"),
      // Without a published port Swarm still publishes a random one when the port is listed.
      external: at.at("publishedPort"),
      world: at.unknown ? undefined : true,
      edge: false,
    }));
  }
  return ports.map((at) => ({
    at,
    internal: at.at("internal"),
    external: at.at("external"),
    world: at.unknown ? undefined : isWorldAddress(at.at("ip"), settings),
    edge: EDGE.test(resource.parent ?? "") && isEdgePort(at.at("internal")),
  }));
}

function isEdgePort(internal: Value): boolean | undefined {
  if (internal.unknown) return undefined;
  return internal.number !== undefined && EDGE_PORTS.includes(internal.number);
}

/** Docker answers on every address unless it is given one; published ports pass by the host's firewall. */
function isWorldAddress(ip: Value, settings: Pick<Settings, "allowedCidrs">): boolean | undefined {
  if (ip.unknown) return undefined;
  const text = (ip.text ?? "").trim();
  if (["", "0.0.0.0", "::", "[::]", "*"].includes(text)) return true;
  const range = parseRange(text);
  const allowed = settings.allowedCidrs.flatMap((cidr) => parseRange(cidr) ?? []);
  return (
    range !== undefined && isPublic(range) && !allowed.some((inside) => contains(inside, range))
  );
}

export const DOCKER_TYPES = [
  "docker:index/container:Container",
  "docker:index/service:Service",
] as const;
