import type { network } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Backend } from "../../components/https-edge";
import { hostKey } from "./edge-domains";
import { rewritesOf } from "./edge-gateway-rewrites";
import type { Resolved } from "./edge-spec";

/** Where a backend is: by name behind the environment's proxy, or by address. */
export type BackendAddress =
  { readonly fqdn: pulumi.Input<string> } | { readonly ipAddress: pulumi.Input<string> };

interface Request {
  /** The gateway's own id: its parts refer to each other by it. */
  readonly id: pulumi.Output<string>;
  readonly spec: Resolved;
  readonly idleSeconds: number;
  addressOf(backend: string): BackendAddress;
}

type Reference = network.SubResourceArgs;

/** Listeners, routes, backends and rewrites of a gateway. */
export function gatewayParts(request: Request) {
  const { id, spec, addressOf, idleSeconds } = request;
  const part = (collection: string, name: string): Reference => ({
    id: pulumi.interpolate`${id}/${collection}/${name}`,
  });
  const hosts = spec.hosts.map((host) => ({ host, key: hostKey(host) }));
  const backends = Object.entries(spec.backends);
  const target = (backend: string) => ({
    backendAddressPool: part("backendAddressPools", backend),
    backendHttpSettings: part("backendHttpSettingsCollection", backend),
    rewriteRuleSet: part("rewriteRuleSets", backend),
  });
  return {
    frontendPorts: [
      { name: "https", port: 443 },
      { name: "http", port: 80 },
    ],
    httpListeners: hosts.flatMap(({ host, key }) =>
      (["https", "http"] as const).map((scheme) => ({
        name: `${scheme}-${key}`,
        hostName: host,
        protocol: scheme === "https" ? "Https" : "Http",
        frontendIPConfiguration: part("frontendIPConfigurations", "front"),
        frontendPort: part("frontendPorts", scheme),
        ...(scheme === "https"
          ? {
              sslCertificate: part("sslCertificates", "certificate"),
              requireServerNameIndication: true,
            }
          : {}),
      })),
    ),
    redirectConfigurations: hosts.map(({ key }) => ({
      name: `to-https-${key}`,
      redirectType: "Permanent",
      targetListener: part("httpListeners", `https-${key}`),
      includePath: true,
      includeQueryString: true,
    })),
    backendAddressPools: backends.map(([name]) => ({
      name,
      backendAddresses: [addressOf(name)],
    })),
    backendHttpSettingsCollection: backends.map(([name, backend]) => ({
      name,
      ...(backend.host
        ? { port: backend.port, protocol: "Http" }
        : { port: 443, protocol: "Https", pickHostNameFromBackendAddress: true }),
      // Stickiness is the apps': behind one name there is nothing to choose between.
      cookieBasedAffinity: "Disabled",
      requestTimeout: idleSeconds,
      connectionDraining: { enabled: true, drainTimeoutInSec: backend.drainSeconds ?? 30 },
      probe: part("probes", name),
    })),
    probes: backends.map(([name, backend]) => probe(name, backend)),
    rewriteRuleSets: backends.map(([name]) => rewritesOf(spec, name)),
    urlPathMaps: hosts.map(({ host, key }) => pathMap(spec, host, key, target)),
    requestRoutingRules: hosts.flatMap(({ key }, index) => [
      {
        name: `https-${key}`,
        ruleType: "PathBasedRouting",
        priority: 100 + 2 * index,
        httpListener: part("httpListeners", `https-${key}`),
        urlPathMap: part("urlPathMaps", key),
      },
      {
        name: `http-${key}`,
        ruleType: "Basic",
        priority: 101 + 2 * index,
        httpListener: part("httpListeners", `http-${key}`),
        redirectConfiguration: part("redirectConfigurations", `to-https-${key}`),
      },
    ]),
  };
}

/** The longest path that fits decides; what fits none goes where `/*` leads. */
function pathMap(
  { routes, groups }: Resolved,
  host: string,
  key: string,
  target: (backend: string) => {
    readonly backendAddressPool: Reference;
    readonly backendHttpSettings: Reference;
    readonly rewriteRuleSet: Reference;
  },
): network.ApplicationGatewayUrlPathMapArgs {
  const rest = routes.find((route) => route.host === host && route.paths.includes("/*"));
  const fallback = target(rest?.backend ?? "");
  return {
    name: key,
    defaultBackendAddressPool: fallback.backendAddressPool,
    defaultBackendHttpSettings: fallback.backendHttpSettings,
    defaultRewriteRuleSet: fallback.rewriteRuleSet,
    pathRules: groups
      .filter((group) => group.host === host)
      .map((group) => ({
        name: group.backend,
        paths: [...group.paths],
        ...target(group.backend),
      })),
  };
}

/** One good answer is enough for a gateway, so `healthyAfter` has no counterpart. */
const probe = (name: string, { health, host }: Backend): network.ApplicationGatewayProbeArgs => ({
  name,
  protocol: host ? "Http" : "Https",
  ...(host ? { host: "127.0.0.1" } : { pickHostNameFromBackendHttpSettings: true }),
  path: health.path,
  interval: health.intervalSeconds,
  timeout: health.timeoutSeconds,
  unhealthyThreshold: health.unhealthyAfter,
  match: { statusCodes: ["200"] },
});
