import { revisionsOf } from "../gcp/revisions";
import type { Plain } from "../lib/values";
import type { Objects } from "../stand-ins/stand-in";
import type { Asked, Routed } from "./route";

const URL_MAPS = ["gcp:compute/uRLMap:URLMap", "gcp:compute/regionUrlMap:RegionUrlMap"];
const BACKENDS = [
  "gcp:compute/backendService:BackendService",
  "gcp:compute/regionBackendService:RegionBackendService",
];
const NEG = "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup";
const SERVICE = "gcp:cloudrunv2/service:Service";

/** Name of the program's container where a proxy is beside it. */
const PROGRAM = "program";

/** Google's load balancer: URL map, route rules by priority, backend, endpoint group, Cloud Run's traffic. */
export function route(asked: Asked, cloud: Objects): Routed | undefined {
  for (const map of URL_MAPS.flatMap((type) => cloud.of(type))) {
    const host = list(map.hostRules).find(({ hosts }) => list(hosts).includes(asked.host));
    const matcher = list(map.pathMatchers).find(({ name }) => name === host?.pathMatcher);
    const rule = list(matcher?.routeRules)
      .sort((a, b) => a.priority - b.priority)
      .find(({ matchRules }) => list(matchRules).some((match) => matches(match, asked)));
    if (!rule) continue;
    const backend = named(cloud, BACKENDS, rule.service);
    const group = named(cloud, [NEG], list(backend?.backends)[0]?.group);
    const { service, tag } = group?.cloudRun ?? {};
    const revision = revisionFor(cloud.find(SERVICE, "name", service), tag);
    if (!revision) continue;
    const { containers, name } = revision;
    const program = containers.find((each) => each.name === PROGRAM) ?? containers[0];
    return {
      image: program?.image ?? "",
      revision: name,
      headers: { ...headersOf(map), ...headersOf(rule) },
    };
  }
  return undefined;
}

function matches(
  { prefixMatch, fullPathMatch, headerMatches }: Plain,
  { path, headers }: Asked,
): boolean {
  const fitsPath =
    prefixMatch === undefined ? path === fullPathMatch : path.startsWith(prefixMatch);
  return (
    fitsPath &&
    list(headerMatches).every(({ headerName, exactMatch }) => headers[headerName] === exactMatch)
  );
}

/** The revision that a request with or without a tag meets: of several, the one with most traffic. */
function revisionFor(service: Plain | undefined, tag: string | undefined) {
  if (!service) return undefined;
  const all = revisionsOf(service.name).filter(({ problem }) => problem === undefined);
  const shares = list(service.traffics);
  const [chosen] =
    tag === undefined
      ? [...shares].sort((a, b) => b.percent - a.percent)
      : shares.filter((each) => each.tag === tag);
  if (!chosen) return undefined;
  return chosen.revision === undefined
    ? all.at(-1)
    : all.find(({ name }) => name === chosen.revision);
}

function headersOf({ headerAction }: Plain): Record<string, string> {
  return Object.fromEntries(
    list(headerAction?.responseHeadersToAdds).map(({ headerName, headerValue }) => [
      headerName,
      headerValue,
    ]),
  );
}

/** Others are named by id or by address. */
const named = (cloud: Objects, types: readonly string[], reference: Plain): Plain | undefined =>
  types
    .flatMap((type) => cloud.of(type))
    .find(({ id, selfLink }) => id === reference || selfLink === reference);

const list = (value: Plain): Plain[] => (Array.isArray(value) ? [...value] : []);
