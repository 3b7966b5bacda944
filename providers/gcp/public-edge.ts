import {
  BackendService,
  GlobalAddress,
  GlobalForwardingRule,
  SecurityPolicy,
  SSLPolicy,
  TargetHttpProxy,
  TargetHttpsProxy,
  URLMap,
} from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { PublicFront } from "./attachments";
import type { MakeBalancer } from "./balancer";
import { certificates } from "./certificates";
import type { ResolvedEdge } from "./edge-spec";
import { foundation } from "./foundation";
import { labels } from "./labels";
import type { Scope } from "./scope";
import { settings } from "./settings";

/** One scheme throughout: the balancer that can rewrite headers. */
const SCHEME = "EXTERNAL_MANAGED";

/** The global balancer's address, certificate and protection. */
export function publicFace(
  request: Scope & { readonly spec: ResolvedEdge },
  hosts: readonly string[],
): PublicFront {
  const { name, spec, parent, environment } = request;
  const { project } = settings();
  const options = { parent, dependsOn: [foundation(request).apis.compute] };
  const address = new GlobalAddress(
    `${name}-address`,
    { project, addressType: "EXTERNAL", ipVersion: "IPV4", labels: labels(environment, name) },
    // Whoever publishes the name elsewhere has this address in a record.
    { ...options, protect: environment.protected },
  );
  const securityPolicy = new SecurityPolicy(
    `${name}-armor`,
    {
      project,
      type: "CLOUD_ARMOR",
      description: `Protects ${environment.system}, ${environment.stack}`,
      advancedOptionsConfig: { jsonParsing: "STANDARD", logLevel: "NORMAL" },
      rules: [...spec.rules],
    },
    options,
  );
  const sslPolicy = new SSLPolicy(
    `${name}-tls`,
    { project, profile: "RESTRICTED", minTlsVersion: "TLS_1_2" },
    options,
  );
  return {
    kind: "public",
    address,
    securityPolicy,
    sslPolicy,
    certificates: certificates(request, hosts, spec.dns),
  };
}

export const publicBalancer: MakeBalancer<PublicFront> = (scope, face) => {
  const { name, parent, environment } = scope;
  const { project } = settings();
  const options = { parent, dependsOn: [foundation(scope).apis.compute] };
  const listen = (portRange: "80" | "443", target: pulumi.Output<string>): void => {
    new GlobalForwardingRule(
      `${name}-port-${portRange}`,
      {
        project,
        ipAddress: face.address.address,
        ipProtocol: "TCP",
        portRange,
        target,
        loadBalancingScheme: SCHEME,
        labels: labels(environment, name),
      },
      { parent },
    );
  };
  return {
    logged: "http_load_balancer",
    backend: (logicalName, args) =>
      new BackendService(
        logicalName,
        {
          project,
          loadBalancingScheme: SCHEME,
          ...args,
          securityPolicy: face.securityPolicy.selfLink,
          logConfig: { enable: true, sampleRate: 1 },
        },
        { parent },
      ).id,
    urlMap: (logicalName, args) => new URLMap(logicalName, { project, ...args }, options),
    https: (urlMap, httpKeepAliveTimeoutSec) => {
      const proxy = new TargetHttpsProxy(
        `${name}-https`,
        {
          project,
          urlMap,
          sslPolicy: face.sslPolicy.id,
          httpKeepAliveTimeoutSec,
          ...face.certificates,
        },
        options,
      );
      listen("443", proxy.id);
    },
    http: (urlMap) => {
      listen("80", new TargetHttpProxy(`${name}-http`, { project, urlMap }, options).id);
    },
  };
};
