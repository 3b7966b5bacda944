import {
  Address,
  ForwardingRule,
  RegionBackendService,
  RegionSslPolicy,
  RegionTargetHttpProxy,
  RegionTargetHttpsProxy,
  RegionUrlMap,
  Subnetwork,
  type RegionBackendServiceArgs,
  type RegionUrlMapArgs,
} from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { NetworkAttachment, PrivateFront } from "./attachments";
import type { MakeBalancer } from "./balancer";
import { regionalCertificate } from "./certificates";
import type { ResolvedEdge } from "./edge-spec";
import { foundation } from "./foundation";
import { labels } from "./labels";
import type { Scope } from "./scope";
import { settings } from "./settings";

const SCHEME = "INTERNAL_MANAGED";

/** The regional balancer's proxies and its address, which is one of the network's. */
export function privateFace(
  request: Scope & { readonly spec: ResolvedEdge },
  hosts: readonly string[],
  { network, subnetwork, ranges }: NetworkAttachment,
): PrivateFront {
  const { name, spec, parent, environment } = request;
  const { project, region } = settings();
  const options = { parent, dependsOn: [foundation(request).apis.compute] };
  const proxies = new Subnetwork(
    `${name}-proxies`,
    {
      project,
      region,
      network: network.id,
      ipCidrRange: ranges.proxies,
      purpose: "REGIONAL_MANAGED_PROXY",
      role: "ACTIVE",
    },
    options,
  );
  const address = new Address(
    `${name}-address`,
    {
      project,
      region,
      subnetwork: subnetwork.id,
      addressType: "INTERNAL",
      // Ports 80 and 443 are two forwarding rules on one address.
      purpose: "SHARED_LOADBALANCER_VIP",
      labels: labels(environment, name),
    },
    { ...options, protect: environment.protected },
  );
  const sslPolicy = new RegionSslPolicy(
    `${name}-tls`,
    { project, region, profile: "RESTRICTED", minTlsVersion: "TLS_1_2" },
    options,
  );
  return {
    kind: "private",
    network,
    subnetwork,
    address: address.address,
    sslPolicy,
    certificate: regionalCertificate(request, hosts, spec.dns),
    ready: [proxies],
  };
}

export const privateBalancer: MakeBalancer<PrivateFront> = (scope, face) => {
  const { name, parent, environment } = scope;
  const { project, region } = settings();
  const place = { project, region };
  const options = { parent, dependsOn: [foundation(scope).apis.compute, ...face.ready] };
  const listen = (portRange: "80" | "443", target: pulumi.Output<string>): void => {
    new ForwardingRule(
      `${name}-port-${portRange}`,
      {
        ...place,
        ipAddress: face.address,
        ipProtocol: "TCP",
        portRange,
        target,
        loadBalancingScheme: SCHEME,
        network: face.network.id,
        subnetwork: face.subnetwork.id,
        labels: labels(environment, name),
      },
      options,
    );
  };
  return {
    logged: "internal_http_lb_rule",
    backend: (logicalName, { protocol, backends }) =>
      new RegionBackendService(
        logicalName,
        {
          ...place,
          loadBalancingScheme: SCHEME,
          ...(protocol === undefined ? {} : { protocol }),
          backends: backends as RegionBackendServiceArgs["backends"],
          logConfig: { enable: true, sampleRate: 1 },
        },
        { parent },
      ).id,
    urlMap: (logicalName, args) =>
      new RegionUrlMap(logicalName, { ...place, ...(args as RegionUrlMapArgs) }, options),
    https: (urlMap) => {
      const proxy = new RegionTargetHttpsProxy(
        `${name}-https`,
        {
          ...place,
          urlMap,
          sslPolicy: face.sslPolicy.id,
          certificateManagerCertificates: [face.certificate],
        },
        options,
      );
      listen("443", proxy.id);
    },
    http: (urlMap) => {
      listen("80", new RegionTargetHttpProxy(`${name}-http`, { ...place, urlMap }, options).id);
    },
  };
};
