import type { app } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { Backend } from "../../components/https-edge";
import type { Layout } from "./network-layout";

/** A small proxy beside the program, which sees it as 127.0.0.1. */
export interface LocalProxy {
  readonly container: app.ContainerArgs;
  /** Port of the proxy: the ingress leads there, and not to the program. */
  readonly port: number;
}

export const PROXY_IMAGE = "public.ecr.aws/docker/library/caddy:2.10.2-alpine";

/** Goes with every replica: the smallest pair that Container Apps knows. */
const SIZE = { cpu: 0.25, memory: "0.5Gi" };

/** The proxy of a backend that asks for one. */
export function localProxy(
  backend: Pick<Backend, "port">,
  layout: Layout,
  image: pulumi.Input<string>,
): LocalProxy {
  const port = backend.port === 8081 ? 8082 : 8081;
  return {
    port,
    container: {
      name: "local-proxy",
      image,
      command: ["sh", "-c"],
      // From standard input, since no folder is there to put a file into.
      args: ["exec caddy run --config - <<CONFIG\n$PROXY_CONFIG\nCONFIG\n"],
      env: [{ name: "PROXY_CONFIG", value: JSON.stringify(caddy(port, backend.port, layout)) }],
      resources: SIZE,
      // It has no answer of its own: whether requests come is decided by the program's probes.
      probes: [{ type: "Liveness", tcpSocket: { port }, periodSeconds: 10, failureThreshold: 3 }],
    },
  };
}

/**
 * Caddy's own JSON. The edge and the environment's proxy each add an address to X-Forwarded-For;
 * the last that is neither of theirs is the client's, and it is the only one that is passed on.
 */
export function caddy(port: number, upstream: number, { apps, gateway }: Layout): object {
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { level: "WARN" } } },
    storage: { module: "file_system", root: "/tmp/caddy" },
    apps: {
      http: {
        servers: {
          local: {
            listen: [`:${port}`],
            automatic_https: { disable: true },
            trusted_proxies: { source: "static", ranges: [apps, gateway] },
            trusted_proxies_strict: 1,
            client_ip_headers: ["X-Forwarded-For"],
            routes: [
              {
                handle: [
                  {
                    handler: "reverse_proxy",
                    upstreams: [{ dial: `127.0.0.1:${upstream}` }],
                    // What is streamed is passed on as it comes.
                    flush_interval: -1,
                    headers: {
                      request: {
                        set: {
                          "X-Forwarded-For": ["{http.vars.client_ip}"],
                          "X-Forwarded-Proto": ["https"],
                        },
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
