import { attachmentOf } from "../../components/attachment";
import type { BuildRequest } from "../../components/builder";
import type { Profile } from "../../components/cloud";
import type { ConnectLinks, HttpsEdgeSpec } from "../../components/https-edge";
import type { EdgeAttachment, NetworkAttachment, ServiceAttachment } from "./attachments";
import { ADMIN_SOCKET, caddyConfig } from "./caddy-config";
import { drainOf, type Target } from "./caddy-proxy";
import { runToEnd } from "./gate";
import { hardened } from "./hardened";
import { KEEPER } from "./keeper";
import { fingerprint } from "./names";
import { PROFILES } from "./profile";

/**
 * Gives the edge its routes: a container that checks every replica it is to route to, hands the
 * configuration to the edge, waits until the replicas before have finished, and ends. The edge
 * itself is not replaced. Replicas of the version before are deleted after everything that is
 * registered, so after this; when this fails, they stay and the old routes with them.
 */
export function connect(request: BuildRequest<HttpsEdgeSpec, ConnectLinks>): void {
  const { name, spec, links, parent, environment } = request;
  const edge = attachmentOf<EdgeAttachment>(links.edge.attachment, "docker");
  // The host's proxy finds the containers by itself, by the variables that they have.
  if (!edge.own) return;
  const host = attachmentOf<NetworkAttachment>(links.network.attachment, "docker");
  const { tryAgainSeconds, helperMemoryMiB } = PROFILES[environment.profile];
  const { acmeEmail, httpsPort } = host.settings;
  const behind = { ...links.services, ...links.hosts };
  const services = Object.entries(behind).map(([backend, service]) => {
    return { backend, service: attachmentOf<ServiceAttachment>(service.attachment, "docker") };
  });
  const targets: Record<string, Target> = Object.fromEntries(
    services.map(({ backend, service: { replicas } }) => [backend, { replicas }]),
  );
  const config = caddyConfig(spec, {
    certificates: certificatesOf(spec, environment.profile),
    ...(acmeEmail === undefined ? {} : { acmeEmail }),
    httpsPort,
    tryAgainSeconds,
    targets,
  });
  const upstreams = services.flatMap(({ backend, service }) => upstreamsOf(spec, backend, service));
  const drain = Math.max(0, ...Object.values(spec.backends).map(drainOf));
  runToEnd(
    `${name}-routes`,
    {
      ...hardened(
        {
          name: `${name}-routes`,
          component: name,
          image: host.keeper.image,
          user: "10001:10001",
          cpu: 0.25,
          memoryMiB: helperMemoryMiB,
          scratch: ["/tmp"],
          graceSeconds: 10,
          fixed: fingerprint(config, upstreams, host.keeper.identity, edge.own.identity),
        },
        environment,
      ),
      entrypoints: [KEEPER, "routes"],
      envs: [
        `DRAIN_SECONDS=${drain}`,
        `EDGE_CONFIG=${JSON.stringify(config)}`,
        `EDGE_SOCKET=${ADMIN_SOCKET}`,
        `UPSTREAMS=${JSON.stringify(upstreams)}`,
      ],
      networksAdvanced: Object.values(edge.networks).map((each) => ({ name: each.name })),
      volumes: [{ volumeName: edge.own.control, containerPath: "/run/caddy" }],
    },
    {
      parent,
      dependsOn: [edge.own.container, ...services.flatMap(({ service }) => service.containers)],
    },
  );
}

/** The edge's own authority where it is asked for or the profile has no public names. */
export function certificatesOf({ dns }: HttpsEdgeSpec, profile: Profile): "acme" | "internal" {
  const asked = dns.kind === "external" && dns.certificate === "internal";
  return asked ? "internal" : PROFILES[profile].certificates;
}

/** Replicas and how they prove healthy; asked by the name they have on the edge's networks. */
export function upstreamsOf(
  { backends }: HttpsEdgeSpec,
  backend: string,
  { replicas }: Pick<ServiceAttachment, "replicas">,
) {
  const described = backends[backend];
  if (!described) throw new Error(`there is no backend "${backend}"`);
  const { health, port } = described;
  return replicas.map((replica) => ({
    url: `http://${replica}:${port}${health.path}`,
    healthyAfter: health.healthyAfter,
    timeoutSeconds: health.timeoutSeconds,
    waitSeconds: health.startSeconds + 60,
  }));
}
