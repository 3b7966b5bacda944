import {
  BackendService,
  GlobalForwardingRule,
  RegionNetworkEndpointGroup,
  TargetHttpProxy,
  TargetHttpsProxy,
  URLMap,
} from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";
import type { BuildRequest } from "../../components/builder";
import type { ConnectLinks } from "../../components/https-edge";
import { gcp, type EdgeAttachment, type ServiceAttachment } from "./attachments";
import type { ResolvedEdge } from "./edge-spec";
import { foundation } from "./foundation";
import { labels } from "./labels";
import { keepLogs } from "./log-store";
import { childName } from "./names";
import { settings } from "./settings";
import { CANDIDATE } from "./traffic";
import { urlMapArgs, type Backends } from "./url-map";

/** One scheme throughout: the balancer that can rewrite headers. */
const SCHEME = "EXTERNAL_MANAGED";

type Request = BuildRequest<ResolvedEdge, ConnectLinks>;

/** Points the routes at the services: backends, URL map, proxies, forwarding rules. */
export function connectEdge(request: Request): void {
  const { name, spec, links, parent } = request;
  const { project } = settings();
  const { apis } = foundation(request);
  const edge = gcp<EdgeAttachment>(links.edge.attachment);
  const options = { parent, dependsOn: [apis.compute] };
  const backendsOf = (tag?: string): Backends =>
    Object.fromEntries(
      Object.entries(links.services).map(([key, service]) => [
        key,
        backend(request, key, gcp<ServiceAttachment>(service.attachment), edge, tag).id,
      ]),
    );
  const routes = urlMapArgs(spec, backendsOf(), backendsOf(CANDIDATE));
  const urlMap = new URLMap(`${name}-routes`, { project, ...routes }, options);
  const https = new TargetHttpsProxy(
    `${name}-https`,
    {
      project,
      urlMap: urlMap.id,
      sslPolicy: edge.sslPolicy.id,
      httpKeepAliveTimeoutSec: spec.idleTimeoutSeconds,
      ...edge.certificates,
    },
    options,
  );
  forward(request, edge, "443", https.id);
  const redirect = new URLMap(
    `${name}-redirect`,
    {
      project,
      defaultUrlRedirect: {
        httpsRedirect: true,
        redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT",
        stripQuery: false,
      },
    },
    options,
  );
  const http = new TargetHttpProxy(`${name}-http`, { project, urlMap: redirect.id }, options);
  forward(request, edge, "80", http.id);
  keepLogs(
    request,
    "access-logs",
    pulumi.interpolate`resource.type="http_load_balancer" AND (resource.labels.url_map_name="${urlMap.name}" OR resource.labels.url_map_name="${redirect.name}")`,
    spec.accessLogDays,
  );
}

/** Health checks and timeouts are Cloud Run's: a serverless backend refuses them. */
function backend(
  { name, parent }: Request,
  key: string,
  { serviceName }: ServiceAttachment,
  edge: EdgeAttachment,
  tag?: string,
): BackendService {
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
  return new BackendService(
    childName(name, role, "backend"),
    {
      project,
      loadBalancingScheme: SCHEME,
      protocol: "HTTPS",
      backends: [{ group: group.id }],
      securityPolicy: edge.securityPolicy.selfLink,
      logConfig: { enable: true, sampleRate: 1 },
    },
    { parent },
  );
}

function forward(
  { name, parent, environment }: Request,
  edge: EdgeAttachment,
  portRange: "80" | "443",
  target: pulumi.Output<string>,
): void {
  new GlobalForwardingRule(
    `${name}-port-${portRange}`,
    {
      project: settings().project,
      ipAddress: edge.address.address,
      ipProtocol: "TCP",
      portRange,
      target,
      loadBalancingScheme: SCHEME,
      labels: labels(environment, name),
    },
    { parent },
  );
}
