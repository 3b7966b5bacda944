import type { URLMapArgs } from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import type { Route } from "../../components/https-edge";
import type { ResolvedEdge } from "./edge-spec";
import { plain } from "./names";

type Backends = Readonly<Record<string, pulumi.Output<string>>>;

/** Host and path rules, exact response headers and CORS, as plain as the backends' ids allow. */
export function urlMapArgs(spec: ResolvedEdge, backends: Backends): URLMapArgs {
  const hosts = [...new Set(spec.routes.map(({ host }) => host))];
  const [anyBackend] = Object.values(backends);
  if (!anyBackend) throw new Error("the edge has no backend");
  const cors = spec.cors && {
    corsPolicy: {
      allowOrigins: [...spec.cors.origins],
      allowMethods: [...spec.cors.methods],
      allowHeaders: [...spec.cors.headers],
      allowCredentials: spec.cors.credentials,
      disabled: false,
    },
  };
  const headers = Object.entries(spec.headers).map(([headerName, headerValue]) => {
    // Replaced, not added: a header the service sends as well is still sent once.
    return { headerName, headerValue, replace: true };
  });
  return {
    defaultRouteAction: notFound(anyBackend),
    ...(headers.length > 0 ? { headerAction: { responseHeadersToAdds: headers } } : {}),
    hostRules: hosts.map((host) => ({ hosts: [host], pathMatcher: plain(host) })),
    pathMatchers: hosts.map((host) => {
      const routes = spec.routes.filter((route) => route.host === host);
      const rest = routes.find(isRest);
      return {
        name: plain(host),
        ...(rest
          ? {
              defaultService: backendOf(rest, backends),
              ...(cors ? { defaultRouteAction: cors } : {}),
            }
          : { defaultRouteAction: notFound(anyBackend) }),
        pathRules: routes
          .map((route) => ({ route, paths: route.paths.filter((path) => path !== "/*") }))
          .filter(({ paths }) => paths.length > 0)
          .map(({ route, paths }) => ({
            paths,
            service: backendOf(route, backends),
            ...(cors ? { routeAction: cors } : {}),
          })),
      };
    }),
  };
}

const isRest = ({ paths }: Route): boolean => paths.includes("/*");

function backendOf({ backend }: Route, backends: Backends): pulumi.Output<string> {
  const id = backends[backend];
  if (!id) throw new Error(`there is no backend "${backend}"`);
  return id;
}

/**
 * Answers 404 without asking anybody. A URL map has no rule that refuses, but it can be told to fail
 * every request; the backend it names is never reached.
 */
const notFound = (backendService: pulumi.Output<string>): URLMapArgs["defaultRouteAction"] => ({
  faultInjectionPolicy: { abort: { httpStatus: 404, percentage: 100 } },
  weightedBackendServices: [{ backendService, weight: 100 }],
});
