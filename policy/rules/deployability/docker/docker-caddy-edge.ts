import { hostOf, imageOf, imageParts } from "../../../lib/deployability/docker/containers";
import { isUnder, mountsOf } from "../../../lib/deployability/docker/mounts";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { attachmentOf } from "../../../lib/reachability/docker/networks";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

/** Where an edge keeps its certificates. */
const KEPT: Readonly<Record<string, string>> = {
  caddy: "/data",
  "nginx-proxy": "/etc/nginx/certs",
};

export const rule = deployability({
  id: "docker-caddy-edge",
  title: "An edge that gets its own certificates is reached on 80 and 443, and keeps them",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "the ACME challenge fails (timeout during connect), or every replacement asks for certificates anew until Let's Encrypt answers 429 rateLimited.",
  },
  fix: "Publish 80 and 443 of the host, mount a named volume at /data (nginx-proxy: /etc/nginx/certs and the docker socket, read-only), and give each app VIRTUAL_HOST on a network of the proxy.",
  source: "https://caddyserver.com/docs/automatic-https",
  checkStack: ofEach([CONTAINER], (edge, graph): Report[] => {
    const { name } = imageParts(imageOf(graph, edge) ?? "");
    const kept = KEPT[name];
    const ports = edge.at("ports");
    if (kept === undefined || (ports.items.length === 0 && !ports.unknown)) return [];
    if (ports.unknown) return [undecided(ports)];
    const isKept = mountsOf(edge).mounts.some(
      ({ path, kind }) => kind !== "anonymous" && path !== undefined && isUnder(kept, path),
    );
    const open = new Set(ports.items.map((port) => port.at("internal").number));
    // Port 80 alone, with nothing to keep, is plain HTTP behind something else.
    if (!open.has(443) && (name !== "caddy" || !isKept)) return proxied(graph, edge, name);
    return [
      ...checkPort(edge, 80),
      ...checkPort(edge, 443),
      ...checkKept(edge, kept, isKept),
      ...proxied(graph, edge, name),
    ];
  }),
});

/** The challenge comes to 80 or 443 of the host, whatever the container's own ports are. */
function checkPort(edge: Resource, wanted: number): Report[] {
  const ports = edge.at("ports");
  const external = ports.items.map((port) => port.at("external"));
  if (external.some((value) => value.number === wanted)) return [];
  const unknown = external.find((value) => value.unknown);
  return [
    unknown === undefined
      ? violation(ports, `port ${wanted} of the host is not published`)
      : undecided(unknown),
  ];
}

function checkKept(edge: Resource, kept: string, isKept: boolean): Report[] {
  const { unknown } = mountsOf(edge);
  if (isKept) return [];
  if (unknown !== undefined) return [undecided(unknown)];
  return [violation(edge.at("volumes"), `no named volume keeps the certificates at ${kept}`)];
}

/** The proxy learns of apps from the docker socket, by their variable VIRTUAL_HOST. */
function proxied(graph: Graph, proxy: Resource, name: string): Report[] {
  if (name !== "nginx-proxy") return [];
  const { mounts, unknown } = mountsOf(proxy);
  const reports: Report[] = [];
  const hasSocket = mounts.some(({ path }) => path === "/tmp/docker.sock");
  if (!hasSocket && unknown === undefined)
    reports.push(
      violation(proxy.at("volumes"), "the docker socket is not mounted at /tmp/docker.sock"),
    );
  const networks = attachmentOf(graph, proxy).memberships.map(({ network }) => network);
  const apart = graph.ofType(CONTAINER).find((app) => {
    const isApp = app
      .at("envs")
      .each.some(({ text, prefix }) => (text ?? prefix).startsWith("VIRTUAL_HOST="));
    const { memberships, open } = attachmentOf(graph, app);
    const isShared = memberships.some(({ network }) => networks.includes(network));
    return isApp && !open && !isShared && hostOf(app) === hostOf(proxy);
  });
  if (apart !== undefined)
    reports.push(
      violation(proxy.at("networksAdvanced"), `it shares no network with ${apart.name}`),
    );
  return reports;
}
