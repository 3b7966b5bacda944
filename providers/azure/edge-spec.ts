import type { Parity, ResolveContext } from "../../components/builder";
import type { HttpsEdgeSpec, Route, Waf } from "../../components/https-edge";
import { fit } from "../../components/naming";
import { CERTIFICATE_ID, hostKey, relativeName, ZONE_ID } from "./edge-domains";
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

export type Resolved = HttpsEdgeSpec & {
  readonly hosts: readonly string[];
  readonly groups: readonly RouteGroup[];
  readonly originTimeoutSeconds: number;
  readonly waf?: Waf;
};

/** Front Door waits at least and at most this long for an origin, seconds. */
const TIMEOUT = { least: 16, most: 240 };

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
  routes: "Front Door routes by host and path; a wildcard may only end a path",
  backends:
    "an origin per backend over a private connection to the Container Apps environment, which has no " +
    "public address; the update approves the connection itself. The header x-portolan-candidate with " +
    "a backend's name leads to the revision that is being tried. Sticky sessions and draining are " +
    "the app's; WebSockets pass without a setting",
  dns:
    "zone: TXT proof and CNAME (alias at the zone's own name) in Azure DNS of the same subscription, " +
    "certificate issued and renewed by Front Door; external: records as outputs, certificate by " +
    "Front Door or, given by the id of its Key Vault secret, the operator's",
  headers:
    "a rule set overwrites each header on all answers of the applications; Front Door's own answers " +
    "(redirects, blocked requests, 5xx without an application) do not carry them",
  cors: "a rule per origin; the application answers preflight requests, the edge sets the headers",
  maxBodyBytes:
    "a firewall rule on Content-Length, which answers 403: Front Door cannot answer 413. A body " +
    "without a length passes and is the application's to refuse",
  idleTimeoutSeconds: "origin response timeout, 16 to 240 s; longer is refused",
  rateLimits:
    "firewall rules per address of the connection, answered 403; counted over 60 or 300 s, so 120 " +
    "and 600 s keep their rate in the smaller window",
  allowedNetworks: "a firewall rule on the address of the connection",
  blockedPaths: "a firewall rule, answered 403: Front Door cannot answer 404 itself",
  waf:
    "Microsoft's default rule set 2.1; count logs what would be blocked. Paths that are not " +
    "inspected skip the managed rules as a whole, not only their bodies",
  accessLogDays:
    "access and firewall logs in a Log Analytics workspace of the edge's own, at least 30 days",
  exposure: { unsupported: "it is not offered on this target yet" },
  existingProxy: { unsupported: "it is for Docker hosts that have one already" },
  forwardedFor: { unsupported: "it is not offered on this target yet" },
  encryptedBackends:
    "always: HTTPS over the private connection to the environment, and the environment encrypts what " +
    "its containers send each other",
};

export function resolve(spec: HttpsEdgeSpec, context: ResolveContext): Resolved {
  const { environment, path, problems } = context;
  const { location } = readSettings(problems);
  if (location !== "" && !PRIVATE_LINK_REGIONS.includes(location)) {
    problems.add(
      "azure-native:location",
      `Front Door makes no private connections in ${location}; use one of ` +
        PRIVATE_LINK_REGIONS.join(", "),
    );
  }
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  checkPaths(spec, context);
  checkDns(spec, hosts, context);
  checkCors(spec, context);
  for (const [name, { health }] of Object.entries(spec.backends)) {
    checkHealth(health, `${path}.backends.${name}.health`, problems);
  }
  const idle = spec.idleTimeoutSeconds ?? 60;
  if (idle > TIMEOUT.most) {
    problems.add(
      `${path}.idleTimeoutSeconds`,
      `${idle} s is not offered: Front Door waits at most ${TIMEOUT.most} s for an application; ` +
        "use less, or another cloud for longer streams",
    );
  }
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
