import { Container } from "@pulumi/docker/container";
import { Volume } from "@pulumi/docker/volume";
import * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity, type ResolveContext } from "../../components/builder";
import { Problems } from "../../components/errors";
import type { HttpsEdgeBuilder, HttpsEdgeLinks, HttpsEdgeSpec } from "../../components/https-edge";
import type { EdgeAttachment, HostNetwork, NetworkAttachment } from "./attachments";
import { hostsOf } from "./caddy-config";
import { certificatesOf, connect } from "./edge-routes";
import { hardened } from "./hardened";
import { fingerprint, hostName, labels } from "./names";
import { ownImage } from "./own-image";
import { hostNetwork } from "./private-network";

const describe: Parity<HttpsEdgeSpec> = {
  routes: "Caddy, by host and path",
  backends: "one network each, shared with the edge; active health checks, cookies for `sticky`",
  dns: "external only; certificates by ACME, or by the edge's own authority (`certificate: internal`)",
  headers: "set on every answer, replacing what the application sends",
  cors: "preflights are answered by the edge; origins are compared exactly",
  maxBodyBytes: "413 by Caddy",
  idleTimeoutSeconds: "read and write timeouts to the backend, idle timeout to the client",
  rateLimits: "429 by Caddy, counted per client address",
  allowedNetworks: "403 by Caddy, by the address of the connection",
  blockedPaths: "404 by Caddy",
  waf: "Coraza with the OWASP core rule set; default on in staging and prod",
  accessLogDays: "JSON in a volume, rotated at 100 MB, removed after these days",
  exposure: { unsupported: "it is not offered on this target yet" },
  existingProxy: { unsupported: "it is not offered on this target yet" },
  forwardedFor: { unsupported: "it is not offered on this target yet" },
  encryptedBackends: { unsupported: "it is not offered on this target yet" },
};

function resolve(
  spec: HttpsEdgeSpec,
  { path, problems, environment }: ResolveContext,
): HttpsEdgeSpec {
  if (spec.dns.kind === "zone") {
    problems.add(`${path}.dns`, "a Docker host has no DNS zone; use {kind: external}");
  } else if (spec.dns.certificate !== undefined && spec.dns.certificate !== "internal") {
    problems.add(
      `${path}.dns.certificate`,
      `"${spec.dns.certificate}" is not offered; leave it out (ACME) or use "internal"`,
    );
  }
  const idle = spec.idleTimeoutSeconds ?? 60;
  if (idle < 1 || idle > 660) {
    problems.add(`${path}.idleTimeoutSeconds`, `${idle} is not offered; give 1 to 660`);
  }
  const waf =
    environment.profile === "dev" ? undefined : ({ managedRules: true, mode: "block" } as const);
  return { ...(waf ? { waf } : {}), ...spec };
}

const EDGE_USER = "10001:10001";

const base = builder({
  cloud: "docker",
  describe,
  resolve,
  build: ({ name, spec, links, parent, environment }) => {
    const { network } = links as HttpsEdgeLinks;
    const host = attachmentOf<NetworkAttachment>(network.attachment, "docker");
    const { settings, subnets } = host;
    const front = hostNetwork(name, "outward", subnets, environment, parent);
    const networks: Record<string, HostNetwork> = {};
    for (const backend of Object.keys(spec.backends)) {
      networks[backend] = hostNetwork(
        `${name}-${backend}`,
        "internal",
        subnets,
        environment,
        parent,
      );
    }
    const volume = (role: string, options: pulumi.CustomResourceOptions = {}): Volume =>
      new Volume(
        `${name}-${role}`,
        { name: hostName(environment, `${name}-${role}`), labels: labels(environment, name) },
        { parent, ...options },
      );
    const control = volume("control");
    const logs = volume("logs");
    const { image, identity } = ownImage(`${name}-image`, "edge", settings, parent);
    const container = new Container(
      `${name}-server`,
      {
        ...hardened(
          {
            name,
            component: name,
            image,
            user: EDGE_USER,
            cpu: 1,
            memoryMiB: 512,
            scratch: ["/tmp"],
            graceSeconds: 30,
            fixed: identity,
          },
          environment,
        ),
        // Inside, the ports need no privilege.
        ports: [
          { internal: 8080, external: settings.httpPort },
          { internal: 8443, external: settings.httpsPort },
        ],
        // Another configuration listens on sockets of its own. Without this, connections that wait
        // at the old ones are reset when these close. Linux 5.14 or newer.
        sysctls: { "net.ipv4.tcp_migrate_req": "1" },
        networksAdvanced: [
          { name: front.name, aliases: [name] },
          ...Object.values(networks).map((each) => ({ name: each.name })),
        ],
        volumes: [
          // Certificates outlive the container: authorities limit how often they are issued.
          {
            volumeName: volume("certificates", { retainOnDelete: environment.protected }).name,
            containerPath: "/data",
          },
          // The last routes, taken up again after a restart; not by another program, which may not
          // know all that is in them.
          {
            volumeName: volume(`config-${fingerprint(identity)}`).name,
            containerPath: "/config",
          },
          { volumeName: control.name, containerPath: "/run/caddy" },
          { volumeName: logs.name, containerPath: "/var/log/caddy" },
        ],
      },
      { parent, deleteBeforeReplace: true },
    );
    const attachment: EdgeAttachment = {
      cloud: "docker",
      networks,
      control: control.name,
      logs: logs.name,
      front,
      keeper: host.keeper,
      certificates: certificatesOf(spec, environment.profile),
      health: Object.fromEntries(
        Object.entries(spec.backends).map(([backend, { port, health }]) => {
          return [backend, { port, path: health.path, timeoutSeconds: health.timeoutSeconds }];
        }),
      ),
      hosts: hostsOf(spec.routes),
      identity,
      container,
    };
    const address = settings.publicAddress;
    return {
      address: pulumi.output(address),
      dnsRecords: pulumi.output(
        Object.fromEntries(hostsOf(spec.routes).map((each) => [each, address])),
      ),
      attachment,
    };
  },
});

export const httpsEdge: HttpsEdgeBuilder = {
  ...base,
  connect: (request) => {
    const { name, environment } = request;
    // Whatever is wrong was said when the edge was built.
    const problems = new Problems();
    connect({ ...request, spec: resolve(request.spec, { path: name, environment, problems }) });
  },
};
