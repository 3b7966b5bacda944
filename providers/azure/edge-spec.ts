import type { Parity, ResolveContext } from "../../components/builder";
import type { HttpsEdgeSpec, Route, Waf } from "../../components/https-edge";
import { fit } from "../../components/naming";
import { CERTIFICATE_ID, hostKey, relativeName, ZONE_ID } from "./edge-domains";
import { checkGateway } from "./edge-gateway-checks";
import { retentionOf } from "./logs";
import { checkHealth } from "./probes";
import { byProfile } from "./profile";
import { readSettings } from "./settings";

/** All paths that one host sends to one backend. */
export interface RouteGroup {
  /** Physical name of the route: access logs carry it. */
  readonly name: string;
  readonly host: string;
  readonly backend: string;
  readonly paths: readonly string[];
}

/** Seconds of silence that Front Door bears, at most. */
const FRONT_DOOR_IDLE = 240;

/**
 * An edge that Front Door cannot be: private, patient, before a machine, believing no client's header,
 * or one whose own addresses are known, so that a local proxy can tell them from the client's.
 */
export function needsGateway(spec: HttpsEdgeSpec): boolean {
  return (
    spec.exposure === "private" ||
    spec.forwardedFor === "replace" ||
    (spec.idleTimeoutSeconds ?? 0) > FRONT_DOOR_IDLE ||
    Object.values(spec.backends).some(({ host, localProxy }) => host || localProxy)
  );
}

export type Resolved = HttpsEdgeSpec & {
  readonly hosts: readonly string[];
  readonly groups: readonly RouteGroup[];
  readonly originTimeoutSeconds: number;
  readonly waf?: Waf;
};

/** Front Door waits at least and at most this long for an origin, seconds. */
const TIMEOUT = { least: 16, most: FRONT_DOOR_IDLE };

/** Regions from which Front Door makes private connections. Product documentation, 2026-03. */
const PRIVATE_LINK_REGIONS = [
  ...["brazilsouth", "canadacentral", "centralus", "eastus", "eastus2", "southcentralus"],
  ...["westus2", "westus3", "usgovarizona", "usgovtexas", "usgovvirginia"],
  ...["francecentral", "germanywestcentral", "northeurope", "norwayeast", "uksouth", "westeurope"],
  ...["swedencentral", "switzerlandnorth", "italynorth", "polandcentral", "southafricanorth"],
  ...["uaenorth", "australiaeast", "centralindia", "japaneast", "koreacentral", "eastasia"],
  ...["southeastasia"],
];

export const describe: Parity<HttpsEdgeSpec> = {
  routes:
    "Front Door, or an Application Gateway where the edge is private, silent for more than 240 s, leads " +
    "to a Docker host, replaces X-Forwarded-For or has a local proxy behind it. Both route by host and path; a wildcard may only end " +
    "a path, and on a gateway each host needs /*",
  backends:
    "Front Door: an origin per backend over a private connection to the Container Apps environment, which " +
    "has no public address; the update approves the connection itself, and the header x-portolan-candidate " +
    "with a backend's name leads to the revision that is being tried. Gateway: the environment's own " +
    "balancer inside the network, or the Docker host; a candidate is tried from inside. Sticky sessions " +
    "and draining are the app's; WebSockets pass without a setting; localProxy is a Caddy container beside " +
    "the app's own",
  dns:
    "Front Door, zone: TXT proof and CNAME (alias at the zone's own name) in Azure DNS of the same " +
    "subscription, certificate issued and renewed by Front Door; external: records as outputs, certificate " +
    "by Front Door or, given by the id of its Key Vault secret, the operator's. Gateway: external only, " +
    "with a certificate, since a gateway issues none; a new version in the vault is taken within hours",
  headers:
    "overwritten on all answers of the applications; the edge's own answers (redirects, blocked requests, " +
    "5xx without an application) do not carry them",
  cors: "a rule per origin; the application answers preflight requests, the edge sets the headers",
  maxBodyBytes:
    "a firewall rule on Content-Length, which answers 403: neither edge can answer 413. A body " +
    "without a length passes and is the application's to refuse",
  idleTimeoutSeconds:
    "up to 240 s Front Door's origin response timeout; longer on a gateway, up to 1800 s in public and " +
    "300 s in private, the most its address takes. For more than 240 s the environment gets a proxy of " +
    "its own, on two reserved machines",
  rateLimits:
    "firewall rules per address of the connection, answered 403; counted over 60 or 300 s, so 120 " +
    "and 600 s keep their rate in the smaller window",
  allowedNetworks:
    "a firewall rule on the address of the connection; on a gateway the network's, too",
  blockedPaths: "a firewall rule, answered 403: neither edge can answer 404 itself",
  waf:
    "Microsoft's default rule set 2.1; count logs what would be blocked, on Front Door only. Paths that are " +
    "not inspected skip the managed rules as a whole, not only their bodies. A gateway always has them",
  accessLogDays:
    "access and firewall logs in a Log Analytics workspace of the edge's own, at least 30 days",
  exposure:
    "private: an Application Gateway without a public address; the subscription must have registered the " +
    "feature Microsoft.Network/EnableApplicationGatewayNetworkIsolation",
  existingProxy: { unsupported: "it is for Docker hosts that have one already" },
  forwardedFor:
    "append: as both edges do. replace: a rewrite rule of a gateway, which names the connection's address alone",
  encryptedBackends:
    "Front Door and gateway speak HTTPS to the environment, and the environment encrypts what its " +
    "containers send each other; refused before a Docker host, which speaks HTTP inside the network",
};

export function resolve(spec: HttpsEdgeSpec, context: ResolveContext): Resolved {
  const { environment, path, problems } = context;
  const { location } = readSettings(problems);
  const gateway = needsGateway(spec);
  if (gateway) checkGateway(spec, context);
  if (!gateway && location !== "" && !PRIVATE_LINK_REGIONS.includes(location)) {
    problems.add(
      "azure-native:location",
      `Front Door makes no private connections in ${location}; use one of ` +
        PRIVATE_LINK_REGIONS.join(", "),
    );
  }
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  checkPaths(spec, context);
  if (!gateway) checkDns(spec, hosts, context);
  checkCors(spec, context);
  for (const [name, { health }] of Object.entries(spec.backends)) {
    checkHealth(health, `${path}.backends.${name}.health`, problems);
  }
  const idle = spec.idleTimeoutSeconds ?? 60;
  if (!retentionOf(spec.accessLogDays)) {
    problems.add(
      `${path}.accessLogDays`,
      `${spec.accessLogDays} is not offered; give at most 4383`,
    );
  }
  const managed: Waf | undefined = byProfile("managedRules", environment)
    ? { managedRules: true, mode: "block" }
    : undefined;
  const waf = spec.waf ?? managed;
  return {
    ...spec,
    hosts,
    groups: groupsOf(spec.routes),
    originTimeoutSeconds: Math.max(TIMEOUT.least, Math.min(TIMEOUT.most, idle)),
    ...(waf ? { waf } : {}),
  };
}

/** One route per host and backend; both are in its name. */
export function groupsOf(routes: readonly Route[]): RouteGroup[] {
  const groups = new Map<string, RouteGroup>();
  for (const { host, backend, paths } of routes) {
    const name = fit(`${backend}-${hostKey(host)}`, 60);
    const before = groups.get(name)?.paths ?? [];
    groups.set(name, { name, host, backend, paths: [...new Set([...before, ...paths])] });
  }
  return [...groups.values()];
}

function checkPaths({ routes }: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  for (const pattern of routes.flatMap(({ paths }) => paths)) {
    if (!/^\/([^*]*\/)?\*?$|^\/[^*]*$/.test(pattern)) {
      problems.add(
        `${path}.routes`,
        `"${pattern}" is not offered: on Front Door a wildcard stands alone after the last slash, ` +
          "e.g. /api/*",
      );
    }
  }
}

function checkDns(
  { dns }: HttpsEdgeSpec,
  hosts: readonly string[],
  { path, problems }: ResolveContext,
): void {
  if (dns.kind === "external") {
    if (dns.certificate !== undefined && !CERTIFICATE_ID.test(dns.certificate)) {
      problems.add(
        `${path}.dns.certificate`,
        `"${dns.certificate}" is no id of a Key Vault secret; give ` +
          "/subscriptions/…/vaults/<vault>/secrets/<name>, or leave it out for a managed certificate",
      );
    }
    return;
  }
  const [, subscription] = ZONE_ID.exec(dns.zoneId) ?? [];
  const { subscriptionId } = readSettings(problems);
  if (subscription === undefined) {
    problems.add(
      `${path}.dns.zoneId`,
      `"${dns.zoneId}" is no id of a DNS zone; give ` +
        "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/dnsZones/<zone>",
    );
  } else if (subscription.toLowerCase() !== subscriptionId) {
    problems.add(
      `${path}.dns.zoneId`,
      "the zone is in another subscription; use dns.kind external and make the records there",
    );
  }
  for (const host of hosts) {
    if (relativeName(host, dns.zone) === undefined) {
      problems.add(`${path}.dns.zone`, `"${host}" is not a name of the zone ${dns.zone}`);
    }
  }
}

function checkCors({ cors }: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  for (const origin of cors?.origins ?? []) {
    if (!/^https?:\/\/[^*/]+$/.test(origin)) {
      problems.add(
        `${path}.cors.origins`,
        `"${origin}" is no origin; write it like https://app.example.com`,
      );
    }
  }
}
