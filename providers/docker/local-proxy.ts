import { Container } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { LocalProxy } from "./attachments";
import { LOCAL_PROXY_PORT } from "./caddy-proxy";
import { deliver } from "./files";
import { hardened } from "./hardened";
import { FILES } from "./keeper";

/**
 * A proxy that shares the application's network, so that the application sees every request come
 * from 127.0.0.1. The edge, its only peer on that network, has replaced `X-Forwarded-For` by the
 * client's address; it is passed on as it came.
 */
export function localProxyConfig(subnet: string, proxy: LocalProxy): Record<string, unknown> {
  const idle = `${proxy.idleSeconds}s`;
  return {
    admin: { disabled: true },
    apps: {
      http: {
        grace_period: idle,
        servers: {
          local: {
            listen: [`:${LOCAL_PROXY_PORT}`],
            protocols: ["h1"],
            automatic_https: { disable: true },
            idle_timeout: idle,
            trusted_proxies: { source: "static", ranges: [subnet] },
            routes: [
              {
                handle: [
                  {
                    handler: "reverse_proxy",
                    upstreams: [{ dial: `127.0.0.1:${proxy.port}` }],
                    headers: {
                      request: {
                        set: {
                          // By default Caddy would add the edge's own address to it.
                          "X-Forwarded-For": ["{http.vars.client_ip}"],
                        },
                      },
                    },
                    transport: { protocol: "http", read_timeout: idle, write_timeout: idle },
                    flush_interval: -1,
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

export function localProxy(
  replica: string,
  container: Container,
  subnet: string,
  proxy: LocalProxy,
  graceSeconds: number,
  environment: Environment,
  parent: pulumi.Resource,
): Container {
  const name = `${replica}-proxy`;
  const config = localProxyConfig(subnet, proxy);
  const files = deliver(
    name,
    { "caddy.json": JSON.stringify(config) },
    proxy.image,
    environment,
    parent,
  );
  return new Container(
    name,
    {
      ...hardened(
        {
          name,
          component: name,
          image: proxy.image,
          user: "10001:10001",
          cpu: 0.25,
          memoryMiB: 128,
          scratch: ["/tmp", "/config", "/data"],
          graceSeconds,
          files: files.version,
          fixed: [config, proxy.identity],
        },
        environment,
      ),
      command: ["run", "--config", `${FILES}/caddy.json`],
      networkMode: pulumi.interpolate`container:${container.id}`,
      volumes: [files.mount],
    },
    { parent, deleteBeforeReplace: true },
  );
}
