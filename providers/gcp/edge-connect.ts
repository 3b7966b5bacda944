import { RegionNetworkEndpointGroup } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { ConnectLinks } from "../../components/https-edge";
import {
  gcp,
  type EdgeAttachment,
  type HostAttachment,
  type ServiceAttachment,
} from "./attachments";
import type { Balancer } from "./balancer";
import { requestSeconds } from "./container-service";
import type { ResolvedEdge } from "./edge-spec";
import { CLIENT_HEADER } from "./front";
import { keepLogs } from "./log-store";
import { childName } from "./names";
import { privateBalancer } from "./private-edge";
import { publicBalancer } from "./public-edge";
import { settings } from "./settings";
import { CANDIDATE } from "./traffic";
import { urlMapArgs, type Backends } from "./url-map";

/** The longest that a client's connection is kept for the next request. */
const LONGEST_KEEP_ALIVE = 1200;
/** A WebSocket to a Docker host ends after a day, silent or not. */
const DAY = 86_400;

type Request = BuildRequest<ResolvedEdge, ConnectLinks>;

/** Points the routes at services and hosts: backends, URL map, proxies, forwarding rules. */
export function connectEdge(request: Request): void {
  const { name, spec, links } = request;
  const edge = gcp<EdgeAttachment>(links.edge.attachment);
  const balancer =
    edge.face.kind === "private"
      ? privateBalancer(request, edge.face)
      : publicBalancer(request, edge.face);
  const backendsOf = (tag?: string): Backends =>
    Object.fromEntries(
      Object.entries(links.services).map(([key, { attachment }]) => [
        key,
        serviceBackend(request, balancer, key, gcp<ServiceAttachment>(attachment), tag),
      ]),
    );
  const hosts = Object.fromEntries(
    Object.entries(links.hosts).map(([key, { attachment }]) => [
      key,
      hostBackend(request, balancer, key, gcp<HostAttachment>(attachment)),
    ]),
  );
  const args = urlMapArgs(spec, { ...backendsOf(), ...hosts }, backendsOf(CANDIDATE));
  const routes = balancer.urlMap(`${name}-routes`, args);
  balancer.https(routes.id, Math.min(LONGEST_KEEP_ALIVE, spec.idleTimeoutSeconds));
  const redirect = balancer.urlMap(`${name}-redirect`, {
    defaultUrlRedirect: {
      httpsRedirect: true,
      redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
      stripQuery: false,
    },
  });
  balancer.http(redirect.id);
  keepLogs(
    request,
    "access-logs",
    pulumi.interpolate`resource.type="${balancer.logged}" AND (resource.labels.url_map_name="${routes.name}" OR resource.labels.url_map_name="${redirect.name}")`,
    spec.accessLogDays,
  );
}

/** The client's address for a proxy beside the program; what the client sent by this name goes. */
const client = ({ links }: Request, key: string) =>
  gcp<EdgeAttachment>(links.edge.attachment).fronts[key]
    ? { customRequestHeaders: [`${CLIENT_HEADER}:{client_ip_address}`] }
    : {};

/** Health checks and timeouts are Cloud Run's: a serverless backend refuses them. */
function serviceBackend(
  request: Request,
  balancer: Balancer,
  key: string,
  { serviceName }: ServiceAttachment,
  tag?: string,
): pulumi.Output<string> {
  const { name, parent } = request;
  const { project, region } = settings();
  const role = tag ? `${key}-${tag}` : key;
  const group = new RegionNetworkEndpointGroup(
    childName(name, role, "endpoints"),
    {
      project,
      region,
      networkEndpointType: "SERVERLESS",
      cloudRun: { service: serviceName, ...(tag ? { tag } : {}) },
    },
    { parent },
  );
  return balancer.backend(childName(name, role, "backend"), {
    protocol: "HTTPS",
    backends: [{ group: group.id }],
    ...client(request, key),
  });
}

/** A Docker host is asked over HTTP, on its one port, by the load balancer's own addresses. */
function hostBackend(
  request: Request,
  balancer: Balancer,
  key: string,
  { group, healthCheck, portName, ready }: HostAttachment,
): pulumi.Output<string> {
  const { name, spec } = request;
  const webSockets = spec.backends[key]?.webSockets ?? false;
  // The group is a backend once the release on the machine has succeeded.
  const released = pulumi
    .all([group.id, ...ready.map(({ urn }) => urn)])
    .apply(([id]) => id as string);
  return balancer.backend(childName(name, key, "backend"), {
    protocol: "HTTP",
    portName,
    backends: [{ group: released, balancingMode: "UTILIZATION", maxUtilization: 0.8 }],
    healthChecks: healthCheck.id,
    timeoutSec: webSockets ? DAY : requestSeconds(false, spec.idleTimeoutSeconds),
    ...client(request, key),
  });
}
