import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { valuesAt } from "../links";
import { PRIVATE_ENDPOINT, SUBNET } from "./types";

/** Connections of a private endpoint, those that wait for somebody's approval too. */
const CONNECTIONS = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];

/** Private endpoints that lead to a resource. */
export function privateEndpointsOf(graph: Graph, store: Resource): Resource[] {
  return graph
    .ofType(PRIVATE_ENDPOINT)
    .filter((endpoint) =>
      CONNECTIONS.flatMap((path) =>
        valuesAt(endpoint.props, `${path}[].privateLinkServiceId`),
      ).some((at) => graph.links(endpoint, at, [store.type]).resources.includes(store)),
    );
}

/** True where a private endpoint of the plan leads to a resource. */
export function hasPrivateEndpoint(graph: Graph, store: Resource): boolean {
  return privateEndpointsOf(graph, store).length > 0;
}

/**
 * What keeps a firewall that denies by default from admitting a subnet: sentences; none where it does or nobody can
 * tell. Without a subnet in the plan only the absence of any rule is wrong.
 */
export function admitsSubnet(
  graph: Graph,
  store: Resource,
  path: string,
  subnet: Resource | undefined,
  service: string,
): string[] {
  const firewall = store.at(path);
  const rules = firewall.at("virtualNetworkRules");
  const others = [...firewall.at("ipRules").each, ...firewall.at("resourceAccessRules").each];
  if (rules.unknown || firewall.unknown || others.length > 0) return [];
  if (rules.each.length === 0)
    return [`${store.name} denies by default, and has neither a rule nor a private endpoint`];
  const ids = rules.each.map((rule) =>
    rule.at("id").present ? rule.at("id") : rule.at("virtualNetworkResourceId"),
  );
  const admitted = ids.flatMap((id) => graph.links(store, id, [SUBNET]).resources);
  const complete = ids.every((id) => graph.links(store, id, [SUBNET]).resources.length > 0);
  if (subnet === undefined) return admitted.flatMap((one) => withoutEndpoint(one, service));
  if (admitted.includes(subnet)) return withoutEndpoint(subnet, service);
  return complete ? [`${store.name} admits other subnets than ${subnet.name}`] : [];
}

/** A rule for a subnet counts only if the subnet sends the service's traffic by its service endpoint. */
function withoutEndpoint(subnet: Resource, service: string): string[] {
  const endpoints = subnet.at("serviceEndpoints");
  const services = endpoints.each.map((one) => one.at("service"));
  if ([endpoints, ...services].some((value) => value.unknown)) return [];
  return services.some((one) => one.isWord(service, `${service}.Global`))
    ? []
    : [`subnet ${subnet.name} has no service endpoint ${service}`];
}
