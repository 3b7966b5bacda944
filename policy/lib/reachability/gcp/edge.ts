import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import type { Use } from "../model";
import type { GcpNode } from "./network";

const SERVICE = "gcp:cloudrunv2/service:Service";
const HTTPS_PROXY = "gcp:compute/targetHttpsProxy:TargetHttpsProxy";
const HTTP_PROXY = "gcp:compute/targetHttpProxy:TargetHttpProxy";
const URL_MAP = "gcp:compute/uRLMap:URLMap";
const BACKEND = "gcp:compute/backendService:BackendService";
const ENDPOINTS = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";

/** From one type to the next on the way from a forwarding rule to a service. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": [HTTPS_PROXY, HTTP_PROXY],
  [HTTPS_PROXY]: [URL_MAP],
  [HTTP_PROXY]: [URL_MAP],
  [URL_MAP]: [BACKEND],
  [BACKEND]: [ENDPOINTS],
  [ENDPOINTS]: [SERVICE],
};

/** Balancers and the services they pass requests to. */
export function wiredServices(graph: Graph, nodes: readonly GcpNode[]): Use[] {
  const services = new Map(nodes.map((node) => [node.resource, node]));
  return nodes
    .filter(({ kind }) => kind === "edge")
    .flatMap((client) =>
      servicesBehind(graph, client.resource).flatMap((service) => {
        const target = services.get(service);
        return target === undefined
          ? []
          : [{ client, target, ports: [443], origin: "backends", declared: false }];
      }),
    );
}

function servicesBehind(graph: Graph, resource: Resource): Resource[] {
  const next = STEPS[resource.type];
  if (next === undefined) return [resource];
  const targets = graph.links(resource, resource.props, next).resources;
  return [...new Set(targets.flatMap((target) => servicesBehind(graph, target)))];
}
