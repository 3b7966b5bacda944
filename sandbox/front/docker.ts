import { fits } from "../lib/beside";
import type { Plain } from "../lib/values";
import type { Objects } from "../stand-ins/stand-in";
import type { Asked, Routed } from "./route";

const CONTAINER = "docker:index/container:Container";
/** A candidate is asked directly, not through the edge; the header says whose it is. */
const CANDIDATE = "x-portolan-candidate";

/** A host's edge: the configuration that its last job gave Caddy, host, paths, upstreams. */
export function route(asked: Asked, cloud: Objects): Routed | undefined {
  const containers = cloud.of(CONTAINER);
  const candidate = asked.headers[CANDIDATE];
  if (typeof candidate === "string") {
    const [newest] = containers
      .filter(({ name }) => new RegExp(`-${candidate}-[0-9a-f]{8}-1$`).test(String(name)))
      .sort((a, b) => (a.created < b.created ? 1 : -1));
    return newest && answering(newest, {});
  }
  for (const { envs, exitCode } of containers) {
    const text = list(envs).find((each) => String(each).startsWith("EDGE_CONFIG="));
    if (text === undefined || exitCode !== 0) continue;
    const config = JSON.parse(String(text).slice("EDGE_CONFIG=".length)) as Plain;
    const found = routed(config, asked);
    const served = containers.find((each) => aliases(each).includes(found?.replica));
    if (served) return answering(served, found?.headers ?? {});
  }
  return undefined;
}

/** The replica that a request is passed to, and the headers set on the way there. */
function routed(config: Plain, { host, path }: Asked) {
  const forHost = list(config.apps.http.servers.edge.routes).find(({ match }) =>
    list(match).some((each) => list(each.host).includes(host)),
  );
  const headers: Record<string, string> = {};
  for (const { match, handle } of list(list(forHost?.handle)[0]?.routes)) {
    const isFor = list(match).every((each) =>
      each.path === undefined
        ? each.header === undefined
        : list(each.path).some((pattern) => fits(String(pattern), path)),
    );
    if (!isFor) continue;
    for (const { handler, response, upstreams, status_code: status } of list(handle)) {
      if (handler === "static_response" && status !== undefined) return undefined;
      for (const [name, values] of Object.entries((response?.set ?? {}) as Record<string, Plain>)) {
        headers[name] = String(list(values)[0]);
      }
      const [upstream] = list(upstreams);
      if (upstream) return { replica: String(upstream.dial).split(":")[0], headers };
    }
  }
  return undefined;
}

const answering = ({ image, name }: Plain, headers: Record<string, string>): Routed => ({
  image: String(image),
  revision: String(name),
  headers,
});

const aliases = ({ networksAdvanced }: Plain): Plain[] =>
  list(networksAdvanced).flatMap((network) => list(network.aliases));

const list = (value: Plain): Plain[] => (Array.isArray(value) ? value : []);
