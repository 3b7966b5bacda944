import type { ResolveContext } from "../../components/builder";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import { ruleMatches } from "./edge-rules";
import { checkLogDays } from "./log-days";
import { PROFILES } from "./profile";

export interface ResolvedEdge extends HttpsEdgeSpec {
  readonly headers: Readonly<Record<string, string>>;
  readonly idleTimeoutSeconds: number;
  readonly allowedNetworks: readonly string[];
}

const WINDOWS = [60, 120, 300, 600];

/** ECS takes this many load-balancer entries per service. */
const MAX_RULES = 5;

/** Fills in defaults, and reports what a load balancer or its firewall would refuse. */
export function resolveEdge(spec: HttpsEdgeSpec, context: ResolveContext): ResolvedEdge {
  const { environment, path, problems } = context;
  const idleTimeoutSeconds = spec.idleTimeoutSeconds ?? 60;
  if (idleTimeoutSeconds < 1 || idleTimeoutSeconds > 4000) {
    problems.add(
      `${path}.idleTimeoutSeconds`,
      `${idleTimeoutSeconds} seconds is not offered by a load balancer; use 1 to 4000`,
    );
  }
  checkLogDays(spec.accessLogDays, `${path}.accessLogDays`, problems);
  checkDns(spec, context);
  checkRoutes(spec, context);
  checkLimits(spec, context);
  if (spec.cors?.origins.includes("*")) {
    problems.add(`${path}.cors.origins`, '"*" allows every site; name the origins');
  }
  const { managedWaf } = PROFILES[environment.profile];
  return {
    ...spec,
    headers: spec.headers ?? {},
    idleTimeoutSeconds,
    allowedNetworks: spec.allowedNetworks ?? [],
    // What only members of a private network reach is not searched for the internet's attacks.
    waf: spec.waf ?? { managedRules: managedWaf && spec.exposure !== "private", mode: "block" },
  };
}

function checkDns({ dns, routes }: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  if (dns.kind === "zone") {
    for (const { host } of routes) {
      if (host === dns.zone || host.endsWith(`.${dns.zone}`)) continue;
      problems.add(
        `${path}.dns.zone`,
        `${host} is not in the zone ${dns.zone}; name its zone, or use a host of this one`,
      );
    }
  } else if (!dns.certificate || !/^arn:aws[a-z-]*:acm:/.test(dns.certificate)) {
    problems.add(
      `${path}.dns.certificate`,
      "needs the ARN of an issued ACM certificate of this region when DNS is not in Route 53",
    );
  }
}

function checkRoutes({ routes, backends }: HttpsEdgeSpec, context: ResolveContext): void {
  const { path, problems } = context;
  for (const backend of Object.keys(backends)) {
    const rules = ruleMatches(routes.filter((route) => route.backend === backend)).length;
    if (rules === 0) {
      problems.add(
        `${path}.backends.${backend}`,
        "has no route; add one, or leave the backend out",
      );
    }
    if (rules > MAX_RULES) {
      problems.add(
        `${path}.routes`,
        `${backend} needs ${rules} listener rules; ECS takes ${MAX_RULES}: use fewer path patterns`,
      );
    }
  }
}

function checkLimits(spec: HttpsEdgeSpec, { path, problems }: ResolveContext): void {
  for (const { pathPrefix, requests, windowSeconds } of spec.rateLimits ?? []) {
    const at = `${path}.rateLimits`;
    if (!WINDOWS.includes(windowSeconds)) {
      problems.add(
        at,
        `${windowSeconds} seconds for ${pathPrefix} is not offered by WAF; use ${WINDOWS.join(", ")}`,
      );
    }
    if (requests < 10) {
      problems.add(
        at,
        `${requests} requests for ${pathPrefix} is not offered by WAF; use at least 10`,
      );
    }
  }
  const prefixes = (spec.rateLimits ?? []).map(({ pathPrefix }) => pathPrefix);
  if (new Set(prefixes).size < prefixes.length) {
    problems.add(`${path}.rateLimits`, "limits one path twice; keep one limit per path");
  }
}
