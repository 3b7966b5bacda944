import type * as pulumi from "@pulumi/pulumi";
import type { Repository } from "@pulumi/gcp/artifactregistry";
import type { Backend, HttpsEdgeSpec } from "../../components/https-edge";
import { foreignImage } from "./image";
import { parseReference } from "./image-reference";
import { gcp, type ImageAttachment } from "./attachments";
import type { Scope } from "./scope";

/**
 * A small proxy beside the program, for what a load balancer cannot do: to be at 127.0.0.1, and to
 * say nothing about the client but its address.
 */
export interface Front {
  readonly image: pulumi.Output<string>;
  /** Port of the proxy: requests come in here, and not at the program's. */
  readonly port: number;
  readonly config: string;
  readonly ready: readonly pulumi.Resource[];
  readonly repository?: Repository;
}

/** What clients cannot set: the load balancer replaces it on every request. */
export const CLIENT_HEADER = "X-Portolan-Client";

export const FRONT_IMAGE = "public.ecr.aws/docker/library/caddy:2.10.2-alpine";
/** Any user but root; the image has no USER of its own, and Cloud Run cannot set one. */
export const FRONT_UID = 1000;
/** From standard input, since no folder is there to put a file into. */
export const FRONT_SCRIPT = "exec caddy run --config - <<CONFIG\n$FRONT_CONFIG\nCONFIG\n";
/** On a Docker host the entry has this name in its networks; on Cloud Run the two share an address. */
export const ENTRY_ALIAS = "portolan-entry";

/** Seconds that load balancers keep connections to their backends. */
const KEPT_ALIVE = 600;

type FrontSpec = Pick<HttpsEdgeSpec, "backends" | "forwardedFor" | "idleTimeoutSeconds">;

/** Backends that need a proxy beside them. */
export const needsFront = (spec: FrontSpec): string[] =>
  Object.entries(spec.backends)
    .filter(([, { localProxy }]) => localProxy === true || spec.forwardedFor === "replace")
    .map(([name]) => name);

export function frontsOf(scope: Scope, spec: FrontSpec): Readonly<Record<string, Front>> {
  const names = needsFront(spec);
  if (names.length === 0) return {};
  const { reference, attachment } = foreignImage(
    { ...scope, name: `${scope.name}-front` },
    parseReference(FRONT_IMAGE),
  );
  const { ready, repository } = gcp<ImageAttachment>(attachment);
  return Object.fromEntries(
    names.map((name) => {
      const backend = spec.backends[name] as Backend;
      const port = backend.port === 8081 ? 8082 : 8081;
      const config = JSON.stringify(caddy(port, backend, spec.idleTimeoutSeconds ?? 60));
      return [
        name,
        { image: reference, port, config, ready, ...(repository ? { repository } : {}) },
      ];
    }),
  );
}

/** The proxy as a container of Cloud Run. */
export const frontContainer = ({ image, config }: Front) => ({
  name: "front",
  image,
  commands: ["sh"],
  args: ["-c", FRONT_SCRIPT],
  envs: [{ name: "FRONT_CONFIG", value: config }],
  resources: { limits: { cpu: "1", memory: "512Mi" }, startupCpuBoost: true },
});

/** Caddy's own JSON: no text format whose quoting a value could break. */
export function caddy(
  port: number,
  { port: upstream, host }: Backend,
  idleSeconds: number,
): object {
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { level: "WARN" } } },
    storage: { module: "file_system", root: "/tmp/caddy" },
    apps: {
      http: {
        servers: {
          front: {
            listen: [`:${port}`],
            // Longer than the load balancer's, which would send on a connection just closed.
            idle_timeout: `${Math.max(KEPT_ALIVE, idleSeconds) + 60}s`,
            automatic_https: { disable: true },
            routes: [
              {
                handle: [
                  {
                    handler: "reverse_proxy",
                    upstreams: [{ dial: `${host ? ENTRY_ALIAS : "127.0.0.1"}:${upstream}` }],
                    // What is streamed is passed on as it comes.
                    flush_interval: -1,
                    headers: {
                      request: {
                        set: {
                          "X-Forwarded-For": [`{http.request.header.${CLIENT_HEADER}}`],
                          "X-Forwarded-Proto": ["https"],
                        },
                        delete: [CLIENT_HEADER],
                      },
                    },
                  },
                ],
              },
            ],
          },
        },
      },
    },
  };
}
