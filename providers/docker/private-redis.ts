import { Container } from "@pulumi/docker/container";
import * as pulumi from "@pulumi/pulumi";
import { RandomBytes } from "@pulumi/random/randomBytes";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity } from "../../components/builder";
import type { PrivateRedisLinks, PrivateRedisSpec } from "../../components/private-redis";
import type { EndpointAttachment, NetworkAttachment } from "./attachments";
import { serverCertificate } from "./certificates";
import { deliver } from "./files";
import { hardened } from "./hardened";
import { FILES } from "./keeper";
import { imageByReference } from "./own-image";
import { hostNetwork } from "./private-network";
import { warn } from "./shortfall";
import { REDIS_IMAGES, REDIS_USER } from "./sizes";

const describe: Parity<PrivateRedisSpec> = {
  version: "official Alpine image of a pinned minor version",
  memoryMiB: "`maxmemory`; the container may use a quarter and 64 MiB more for itself",
  highAvailability: "accepted with a warning: one host has no replica",
  eviction: "`maxmemory-policy`; a change restarts the cache, which is then empty",
  containerName: "the container's whole name on the host; at most one stack per host can have it",
};

const PORT = 6379;

/** TLS only, one user with a password, nothing on disk. */
export function redisConfig(memoryMiB: number, eviction: string, password: string): string {
  return [
    "port 0",
    `tls-port ${PORT}`,
    `tls-cert-file ${FILES}/server.crt`,
    `tls-key-file ${FILES}/server.key`,
    `tls-ca-cert-file ${FILES}/ca.pem`,
    "tls-auth-clients no",
    'tls-protocols "TLSv1.2 TLSv1.3"',
    `requirepass ${password}`,
    `maxmemory ${memoryMiB}mb`,
    `maxmemory-policy ${eviction}`,
    'save ""',
    "appendonly no",
    "dir /tmp",
    "",
  ].join("\n");
}

export const privateRedis = builder({
  cloud: "docker",
  describe,
  resolve: (spec: PrivateRedisSpec, { path, problems }) => {
    if (!(spec.version in REDIS_IMAGES)) {
      const known = Object.keys(REDIS_IMAGES).join(", ");
      problems.add(`${path}.version`, `"${spec.version}" is not offered; use one of ${known}`);
    }
    return { ...spec, eviction: spec.eviction ?? "allkeys-lru" };
  },
  build: ({ name, spec, links, parent, environment }) => {
    const network = (links as PrivateRedisLinks).network;
    const host = attachmentOf<NetworkAttachment>(network.attachment, "docker");
    if (spec.highAvailability) warn(parent, `${name}.highAvailability`, "one host has no replica");
    const clients = hostNetwork(name, "internal", host.subnets, environment, parent);
    const reference =
      host.settings.images[`redis-${spec.version}`] ?? REDIS_IMAGES[spec.version] ?? "";
    const { image } = imageByReference(`${name}-image`, reference, parent);
    const certificate = serverCertificate(name, name, parent);
    const password = pulumi.secret(
      new RandomBytes(`${name}-password`, { length: 24 }, { parent }).hex,
    );
    const files = deliver(
      name,
      {
        "redis.conf": password.apply((text) => redisConfig(spec.memoryMiB, spec.eviction, text)),
        password,
        "server.crt": certificate.certificatePem,
        "server.key": certificate.keyPem,
        "ca.pem": certificate.caPem,
      },
      image,
      environment,
      parent,
    );
    const ping = `REDISCLI_AUTH="$(cat ${FILES}/password)" redis-cli -h localhost --tls --cacert ${FILES}/ca.pem ping`;
    const server = new Container(
      `${name}-server`,
      {
        ...hardened(
          {
            name,
            component: name,
            ...(spec.containerName === undefined ? {} : { exactName: spec.containerName }),
            image,
            user: REDIS_USER,
            cpu: 0.5,
            memoryMiB: Math.ceil(spec.memoryMiB * 1.25) + 64,
            scratch: ["/tmp", "/data"],
            graceSeconds: 10,
            files: files.version,
          },
          environment,
        ),
        command: ["redis-server", `${FILES}/redis.conf`],
        networksAdvanced: [{ name: clients.name, aliases: [name] }],
        volumes: [files.mount],
        healthcheck: {
          tests: ["CMD-SHELL", `${ping} | grep -qx PONG`],
          interval: "5s",
          timeout: "4s",
          retries: 3,
          startPeriod: "10s",
        },
        wait: true,
        waitTimeout: 60,
      },
      { parent, deleteBeforeReplace: true },
    );
    const endpoint: EndpointAttachment = { cloud: "docker", network: clients };
    return {
      host: pulumi.all([server.id]).apply(() => name),
      port: PORT,
      password,
      caPem: certificate.caPem,
      endpoint: { name, port: PORT, caPem: certificate.caPem, attachment: endpoint },
      attachment: endpoint,
    };
  },
});
