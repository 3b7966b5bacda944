import type { Parity, ResolveContext } from "../../components/builder";
import type { HttpsEdgeSpec, Waf } from "../../components/https-edge";
import { armorRules } from "./armor";
import { MOST_EXPRESSIONS, type ArmorRule } from "./armor-language";
import { checkCertificate } from "./certificates";
import { checkLogDays } from "./log-store";
import { PROFILE } from "./profile";

/** Cloud Run takes no larger HTTP/1 request. */
const LARGEST_BODY = 32 * 1024 * 1024;
const WINDOWS = [60, 120, 300, 600];
/** Cloud Run ends every request after an hour. */
const LONGEST_IDLE = 3600;
const MOST_REQUESTS = 1_000_000;

export interface ResolvedEdge {
  readonly isPrivate: boolean;
  readonly forwardedFor?: "append" | "replace";
  readonly routes: HttpsEdgeSpec["routes"];
  readonly backends: HttpsEdgeSpec["backends"];
  readonly dns: HttpsEdgeSpec["dns"];
  readonly headers: Readonly<Record<string, string>>;
  readonly cors?: HttpsEdgeSpec["cors"];
  readonly idleTimeoutSeconds: number;
  readonly rules: readonly ArmorRule[];
  readonly accessLogDays: number;
}

export const describeEdge: Parity<HttpsEdgeSpec> = {
  routes:
    "URL map of a global external Application Load Balancer: host and path rules, prefixes not stripped; other hosts and paths get 404. With `x-portolan-candidate: <backend>` a request reaches the newest revision before it has traffic",
  backends:
    "one backend service each, on a serverless NEG or a Docker host's instance group; stickiness is Cloud Run's session affinity, WebSockets raise its request limit to 3600 s (a host's to a day); `localProxy` is a Caddy container that takes the requests of the instance; own headers are header rules of the route; Cloud Run lets an old revision finish its requests, `drainSeconds` cannot be chosen",
  dns: "a zone of Cloud DNS: records, and certificates of Certificate Manager proven by DNS; otherwise a Google-managed certificate that is issued once the name points here, or the given certificate (map)",
  headers:
    "set by the URL map in place of the service's own, on every answer of a service; what Cloud Armor or the balancer refuse themselves (403, 404, 429, 502) is answered without them",
  cors: "CORS policy of the URL map with exact origins",
  maxBodyBytes:
    "up to 32 MiB, Cloud Run's own limit. Cloud Armor refuses a larger announced length with 403, since it has no 413; unannounced bodies meet Cloud Run's limit",
  idleTimeoutSeconds:
    "keep-alive of the balancer's client side, at most 1200 s; Cloud Run's limit on the whole request is 1.5 times this, 300 s at least and 3600 s at most",
  rateLimits:
    "Cloud Armor throttle rules by address, answered with 429; a request counts for the longest matching prefix only, and for each backend apart",
  allowedNetworks: "Cloud Armor: everybody else gets 403",
  blockedPaths: "Cloud Armor: 404, after undoing percent-encoding and case",
  waf: "Cloud Armor's OWASP rule sets (3.3, level 1) and known CVEs; the first 8 KB of a body are read; `count` is Cloud Armor's preview",
  accessLogDays: "every request of the balancer, in a log bucket with this retention",
  exposure:
    "private: a regional internal Application Load Balancer with an address of the network and a proxy-only subnet; no Cloud Armor, hence no limits, lists or firewall",
  existingProxy: { unsupported: "it is for Docker hosts that have one already" },
  forwardedFor:
    "append: as the load balancer does. replace: a Caddy container in front of the program takes the client's address from a header that the load balancer writes",
  encryptedBackends:
    "Google speaks TLS to Cloud Run, and encrypts what its services send inside its network; refused before a Docker host, which speaks HTTP inside the network",
};

export function resolveEdge(spec: HttpsEdgeSpec, context: ResolveContext): ResolvedEdge {
  const { path, problems, environment } = context;
  const isPrivate = spec.exposure === "private";
  const waf = spec.waf ?? defaultWaf(!isPrivate && PROFILE[environment.profile].waf);
  if (isPrivate) checkPrivate(spec, context);
  if (spec.encryptedBackends && Object.values(spec.backends).some(({ host }) => host)) {
    problems.add(
      `${path}.encryptedBackends`,
      "is not offered before a Docker host, which is asked over HTTP; leave it out",
    );
  }
  for (const pattern of [
    ...spec.routes.flatMap(({ paths }) => paths),
    ...(spec.blockedPaths ?? []),
  ]) {
    if (!/^\/[^*]*\*?$/.test(pattern)) {
      problems.add(
        `${path}.paths`,
        `"${pattern}" does not do; begin with a slash and use * at the end only`,
      );
    }
  }
  for (const { host, paths } of spec.routes) {
    for (const pattern of paths.filter((text) => /[^/]\*$/.test(text))) {
      problems.add(
        `${path}.routes`,
        `"${pattern}" of ${host} cannot be routed; a * must follow a slash, as in /api/*`,
      );
    }
  }
  if (spec.maxBodyBytes !== undefined && spec.maxBodyBytes > LARGEST_BODY) {
    problems.add(
      `${path}.maxBodyBytes`,
      `${spec.maxBodyBytes} is more than Cloud Run takes; give at most ${LARGEST_BODY} (32 MiB)`,
    );
  }
  const idle = spec.idleTimeoutSeconds ?? 60;
  if (!Number.isInteger(idle) || idle < 5 || idle > LONGEST_IDLE) {
    problems.add(
      `${path}.idleTimeoutSeconds`,
      `${idle} is out of range; give 5 to ${LONGEST_IDLE}`,
    );
  }
  for (const { pathPrefix, requests, windowSeconds } of spec.rateLimits ?? []) {
    const at = `${path}.rateLimits`;
    if (!WINDOWS.includes(windowSeconds)) {
      problems.add(at, `${windowSeconds} s for ${pathPrefix}; use ${WINDOWS.join(", ")}`);
    }
    if (!Number.isInteger(requests) || requests < 1 || requests > MOST_REQUESTS) {
      problems.add(at, `${requests} requests for ${pathPrefix}; give 1 to ${MOST_REQUESTS}`);
    }
  }
  checkCertificate(spec.dns, isPrivate, `${path}.dns`, problems);
  checkLogDays(spec.accessLogDays, `${path}.accessLogDays`, problems);
  const rules = armorRules({ ...spec, ...(waf ? { waf } : {}) });
  const expressions = rules.filter(({ match }) => match.expr).length;
  if (expressions > MOST_EXPRESSIONS) {
    problems.add(
      path,
      `its limits, blocked paths and firewall make ${expressions} expressions, Cloud Armor takes ` +
        `${MOST_EXPRESSIONS}; name fewer networks, prefixes or paths`,
    );
  }
  return {
    isPrivate,
    routes: spec.routes,
    backends: spec.backends,
    ...(spec.forwardedFor ? { forwardedFor: spec.forwardedFor } : {}),
    dns: spec.dns,
    headers: spec.headers ?? {},
    ...(spec.cors ? { cors: spec.cors } : {}),
    idleTimeoutSeconds: idle,
    rules,
    accessLogDays: spec.accessLogDays,
  };
}

const defaultWaf = (on: boolean): Waf | undefined =>
  on ? { managedRules: true, mode: "block" } : undefined;

/** What Cloud Armor does, and what Docker hosts are reached by, an internal balancer has not. */
function checkPrivate(spec: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  const given: Partial<Record<keyof HttpsEdgeSpec, unknown>> = {
    rateLimits: spec.rateLimits?.length,
    blockedPaths: spec.blockedPaths?.length,
    allowedNetworks: spec.allowedNetworks?.length,
    maxBodyBytes: spec.maxBodyBytes,
    waf: spec.waf?.managedRules,
  };
  for (const [option, value] of Object.entries(given)) {
    if (!value) continue;
    problems.add(
      `${path}.${option}`,
      "is Cloud Armor's to do, which is not offered on a private edge; leave it out",
    );
  }
  const needing = Object.entries(spec.backends).filter(
    ([, { host, localProxy }]) => host === true || localProxy === true,
  );
  for (const [name] of needing) {
    problems.add(
      `${path}.backends.${name}`,
      "is a Docker host or has a localProxy, which a private edge does not serve; use a public edge with allowedNetworks",
    );
  }
  if (spec.forwardedFor === "replace") {
    problems.add(
      `${path}.forwardedFor`,
      "replace is not offered on a private edge, whose balancer writes no header of the client's address; use append",
    );
  }
}
