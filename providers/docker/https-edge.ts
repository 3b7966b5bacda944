import * as pulumi from "@pulumi/pulumi";
import ipaddr from "ipaddr.js";
import { attachmentOf } from "../../components/attachment";
import { builder, type Parity, type ResolveContext } from "../../components/builder";
import { Problems } from "../../components/errors";
import type { HttpsEdgeBuilder, HttpsEdgeLinks, HttpsEdgeSpec } from "../../components/https-edge";
import type {
  EdgeAttachment,
  EndpointAttachment,
  HostNetwork,
  NetworkAttachment,
} from "./attachments";
import { hostsOf } from "./caddy-config";
import { certificatesOf, connect } from "./edge-routes";
import { buildServer } from "./edge-server";
import { ownImage } from "./own-image";
import { hostNetwork } from "./private-network";
import { readSettings } from "./settings";
import { warn } from "./shortfall";

const describe: Parity<HttpsEdgeSpec> = {
  routes: "Caddy, by host and path",
  backends:
    "one network each, shared with the edge, whose name there is `edge`; active health checks, cookies for " +
    "`sticky`; `localProxy` is refused: trust the edge by its name",
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
  exposure:
    "`private` is published on `portolan-docker:bindAddress` alone, a private address of the host; workloads call it by its host names",
  existingProxy:
    "the backends join its network and carry its variables; what Caddy would do otherwise is refused",
  forwardedFor: "always replaced: Caddy trusts no proxy before it",
  encryptedBackends:
    "accepted with a warning: between edge and containers bytes do not leave the host's kernel, and are not encrypted there",
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
  if (idle < 1 || idle > 3600) {
    problems.add(`${path}.idleTimeoutSeconds`, `${idle} is not offered; give 1 to 3600`);
  }
  if (spec.exposure === "private") {
    checkBindAddress(path, problems);
    if (certificatesOf(spec, environment.profile) === "acme") {
      problems.add(
        `${path}.dns.certificate`,
        'no authority can reach a private edge to prove its names; use "internal"',
      );
    }
  }
  for (const [name, { localProxy }] of Object.entries(spec.backends)) {
    if (!localProxy) continue;
    problems.add(
      `${path}.backends.${name}.localProxy`,
      "is not offered: a container that shares another's network loses it when that one restarts; let the application trust the name `edge`",
    );
  }
  if (spec.existingProxy) {
    checkExisting(spec, path, problems);
    return spec;
  }
  const waf =
    environment.profile === "dev" ? undefined : ({ managedRules: true, mode: "block" } as const);
  return { ...(waf ? { waf } : {}), ...spec };
}

/** Options that are the edge's own work. */
const OWN_WORK = [
  ...(["headers", "cors", "maxBodyBytes", "idleTimeoutSeconds", "rateLimits"] as const),
  ...(["allowedNetworks", "blockedPaths", "waf", "exposure"] as const),
];

function checkExisting(spec: HttpsEdgeSpec, path: string, problems: Problems): void {
  for (const option of OWN_WORK) {
    const value = spec[option];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    problems.add(
      `${path}.${option}`,
      "is the host's proxy's to do, which the stack does not configure; set it there and leave it out here",
    );
  }
  for (const [name, { headers }] of Object.entries(spec.backends)) {
    if (!headers) continue;
    problems.add(`${path}.backends.${name}`, "needs an edge of the stack's own, not existingProxy");
  }
}

/** Kept from the internet by the address alone: it must be one of the host's private ones. */
function checkBindAddress(path: string, problems: Problems): void {
  const { bindAddress } = readSettings(new Problems());
  const setting = "portolan-docker:bindAddress";
  if (bindAddress === undefined) {
    problems.add(
      setting,
      `is missing; ${path} is private and needs an address of the host to listen on`,
    );
    return;
  }
  const range = ipaddr.isValid(bindAddress) ? ipaddr.parse(bindAddress).range() : "no address";
  if (["private", "uniqueLocal", "carrierGradeNat", "loopback"].includes(range)) return;
  problems.add(setting, `"${bindAddress}" is no private address; give one, e.g. that of a VPN`);
}

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
    if (spec.encryptedBackends) {
      warn(parent, `${name}.encryptedBackends`, "the way to the containers is not encrypted");
    }
    const hosts = hostsOf(spec.routes);
    const isPrivate = spec.exposure === "private";
    const address = (isPrivate ? settings.bindAddress : undefined) ?? settings.publicAddress;
    const outputs = {
      address: pulumi.output(address),
      dnsRecords: pulumi.output(Object.fromEntries(hosts.map((each) => [each, address]))),
    };
    const shared = {
      cloud: "docker" as const,
      networks,
      front,
      keeper: host.keeper,
      health: Object.fromEntries(
        Object.entries(spec.backends).map(([backend, { port, health }]) => {
          return [backend, { port, path: health.path, timeoutSeconds: health.timeoutSeconds }];
        }),
      ),
    };
    if (spec.existingProxy) {
      const existing = {
        network: spec.existingProxy.network,
        variables: proxyVariables(spec, spec.existingProxy.email),
      };
      const attachment: EdgeAttachment = { ...shared, existing };
      return { ...outputs, attachment };
    }
    const callers = isPrivate
      ? hostNetwork(`${name}-callers`, "internal", subnets, environment, parent)
      : undefined;
    const { image, identity } = ownImage(`${name}-image`, "edge", settings, parent);
    const own = buildServer(
      { name, spec, links: host, parent, environment },
      {
        image,
        identity,
        networks: [
          { name: front.name, aliases: [name] },
          ...Object.values(networks).map((each) => ({ name: each.name, aliases: [name] })),
          ...(callers ? [{ name: callers.name, aliases: hosts }] : []),
        ],
      },
    );
    const attachment: EdgeAttachment = { ...shared, own };
    const inside: EndpointAttachment | undefined = callers && { cloud: "docker", network: callers };
    return {
      ...outputs,
      ...(inside ? { endpoint: { name, port: 443, attachment: inside } } : {}),
      attachment,
    };
  },
});

/** What jwilder's nginx-proxy and acme-companion read from each backend's containers. */
function proxyVariables({ routes, backends }: HttpsEdgeSpec, email: string) {
  return Object.fromEntries(
    Object.entries(backends).map(([backend, { port }]) => {
      const own = routes.filter((route) => route.backend === backend);
      const names = hostsOf(own).join(",");
      return [
        backend,
        {
          // The file of headers beside the proxy sends it; two would be one too many.
          HSTS: "off",
          LETSENCRYPT_EMAIL: email,
          LETSENCRYPT_HOST: names,
          VIRTUAL_HOST: names,
          VIRTUAL_PORT: `${port}`,
        },
      ];
    }),
  );
}

export const httpsEdge: HttpsEdgeBuilder = {
  ...base,
  connect: (request) => {
    const { name, environment } = request;
    // Whatever is wrong was said when the edge was built.
    const problems = new Problems();
    connect({ ...request, spec: resolve(request.spec, { path: name, environment, problems }) });
  },
};
