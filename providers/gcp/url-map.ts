import type { URLMapArgs } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import { CANDIDATE_HEADER } from "../../components/held-traffic";
import type { Route } from "../../components/https-edge";
import { fit } from "../../components/naming";
import type { ResolvedEdge } from "./edge-spec";
import { plain } from "./names";

/** Backend name -> id of its backend service. */
export type Backends = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * Host and path rules, exact response headers and CORS, as plain as the backends' ids allow. Each
 * path has a second rule before it, which leads to the newest revision whoever asks for it.
 */
export function urlMapArgs(
  spec: ResolvedEdge,
  backends: Backends,
  candidates: Backends,
): URLMapArgs {
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const [anyBackend] = Object.values(backends);
  if (!anyBackend) throw new Error("the edge has no backend");
  const own = Object.values(spec.backends).flatMap(({ headers = {} }) => Object.keys(headers));
  // The map's headers would replace those of a route, so a name that a backend has is every route's.
  const [shared, apart] = split(spec.headers, own);
  const headers = headerAction(shared);
  return {
    defaultRouteAction: notFound(anyBackend),
    ...headers,
    hostRules: hosts.map((host) => ({ hosts: [host], pathMatcher: matcherOf(host) })),
    pathMatchers: hosts.map((host) => ({
      name: matcherOf(host),
      defaultRouteAction: notFound(anyBackend),
      routeRules: sortedPaths(spec.routes.filter((route) => route.host === host))
        .flatMap(({ path, backend }) => [
          ...(backend in candidates
            ? [{ match: candidateMatch(path, backend), backend, service: candidates[backend] }]
            : []),
          { match: pathMatch(path), backend, service: idOf(backend, backends) },
        ])
        .map(({ match, backend, service }, priority) => ({
          priority,
          matchRules: [match],
          service,
          ...headerAction(replaced(apart, spec.backends[backend]?.headers)),
          ...corsOf(spec),
        })),
    })),
  };
}

type Headers = Readonly<Record<string, string>>;

/** Replaced, not added: a header the service sends as well is still sent once. */
function headerAction(headers: Headers) {
  const entries = Object.entries(headers).map(([headerName, headerValue]) => {
    return { headerName, headerValue, replace: true };
  });
  return entries.length > 0 ? { headerAction: { responseHeadersToAdds: entries } } : {};
}

/** One set of headers in place of another, whatever the spelling. */
function replaced(before: Headers, after: Headers = {}): Headers {
  const [others] = split(before, Object.keys(after));
  return { ...others, ...after };
}

/** The headers without those of some names, and those. */
function split(headers: Headers, names: readonly string[]): [Headers, Headers] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const part = (wanted: boolean): Headers =>
    Object.fromEntries(
      Object.entries(headers).filter(([name]) => taken.has(name.toLowerCase()) === wanted),
    );
  return [part(false), part(true)];
}

/** Names of path matchers end at 63 characters, host names do not. */
const matcherOf = (host: string): string => fit(plain(host), 63);

/** The first rule that matches decides: whole paths, then prefixes, the longest first. */
function sortedPaths(routes: readonly Route[]): { path: string; backend: string }[] {
  const rank = (path: string): number => (path.endsWith("*") ? 0 : 1);
  return routes
    .flatMap(({ paths, backend }) => paths.map((path) => ({ path, backend })))
    .sort((a, b) => rank(b.path) - rank(a.path) || b.path.length - a.path.length);
}

interface Match {
  prefixMatch?: string;
  fullPathMatch?: string;
  headerMatches?: { headerName: string; exactMatch: string }[];
}

const pathMatch = (path: string): Match =>
  path.endsWith("*") ? { prefixMatch: path.slice(0, -1) } : { fullPathMatch: path };

const candidateMatch = (path: string, backend: string): Match => ({
  ...pathMatch(path),
  headerMatches: [{ headerName: CANDIDATE_HEADER, exactMatch: backend }],
});

function idOf(backend: string, backends: Backends): pulumi.Input<string> {
  const id = backends[backend];
  if (!id) throw new Error(`there is no backend "${backend}"`);
  return id;
}

function corsOf({ cors }: ResolvedEdge) {
  return (
    cors && {
      routeAction: {
        corsPolicy: {
          allowOrigins: [...cors.origins],
          allowMethods: [...cors.methods],
          allowHeaders: [...cors.headers],
          allowCredentials: cors.credentials,
          disabled: false,
        },
      },
    }
  );
}

/**
 * Answers 404 without asking anybody. A URL map has no rule that refuses, but it can be told to fail
 * every request; the backend it names is never reached.
 */
const notFound = (backendService: pulumi.Input<string>): URLMapArgs["defaultRouteAction"] => ({
  faultInjectionPolicy: { abort: { httpStatus: 404, percentage: 100 } },
  weightedBackendServices: [{ backendService, weight: 100 }],
});
