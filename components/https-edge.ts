import type * as pulumi from "@pulumi/pulumi";
import type { Attachment, Endpoint } from "./attachment";
import type { Builder, BuildRequest } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { ContainerService, HealthCheck } from "./container-service";
import type { DockerHost } from "./docker-host";
import type { PrivateNetwork } from "./private-network";

/** Sends requests of one host to services. */
export interface Route {
  /** Full host name, e.g. `api.example.com`. */
  readonly host: string;
  /** Path patterns such as `/api/*`; `/*` is everything else of the host. Never stripped. */
  readonly paths: readonly string[];
  /** Name of a backend. */
  readonly backend: string;
}

/** What the edge must know of a service before the service exists. */
export interface Backend {
  readonly port: number;
  readonly health: HealthCheck;
  /** Response headers of this backend only, beside the edge's own; exact values, each sent once. */
  readonly headers?: Readonly<Record<string, string>>;
  /** One client stays with one replica. Default false. */
  readonly sticky?: boolean;
  /** WebSocket upgrades are passed. Default false. */
  readonly webSockets?: boolean;
  /**
   * Requests reach the container from a small proxy beside it, at 127.0.0.1, with the client's
   * address alone in `X-Forwarded-For`: for applications that trust proxies by exact address.
   * Default false.
   */
  readonly localProxy?: boolean;
  /** Seconds a draining replica may finish its requests. Default 30. */
  readonly drainSeconds?: number;
  /** It is an entry of `hosts`; filled in by `edgeOf`, descriptions leave it out. */
  readonly host?: boolean;
}

/** At most `requests` per `windowSeconds` and client address; more gets 429 (403 on some WAFs). */
export interface RateLimit {
  /** Path prefix it counts, e.g. `/auth/`; `/` is everything. */
  readonly pathPrefix: string;
  readonly requests: number;
  /** 60, 120, 300 or 600. */
  readonly windowSeconds: number;
}

export interface Cors {
  /** Exact origins; a wildcard is refused. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly credentials: boolean;
}

export interface Waf {
  /** The cloud's managed rule sets: common attacks, known bad inputs, SQL injection. */
  readonly managedRules: boolean;
  /** `count` only reports what would be blocked; for the first weeks of a new rule set. */
  readonly mode: "block" | "count";
  /** Path prefixes whose bodies are not inspected (uploads, streams). */
  readonly uninspected?: readonly string[];
}

/** Where the name of the edge is published, and who proves ownership for the certificate. */
export type Dns =
  /** A zone in the same cloud: records and the certificate's proof are made there. */
  | { readonly kind: "zone"; readonly zoneId: string; readonly zone: string }
  /** Somebody else's DNS: the records to make are stack outputs, the certificate is given. */
  | { readonly kind: "external"; readonly certificate?: string };

/**
 * A reverse proxy on a Docker host that others own: jwilder's nginx-proxy with acme-companion. The
 * backends join its network and carry the variables that it reads; no edge of our own runs.
 */
export interface ExistingProxy {
  /** Docker network that the proxy is attached to. Referred to, never made or removed. */
  readonly network: string;
  /** Told by the certificate authority when a certificate is not renewed. */
  readonly email: string;
}

/** The one way in: HTTPS on 443, TLS 1.2 or newer, port 80 only redirects. */
export interface HttpsEdgeSpec {
  readonly routes: readonly Route[];
  readonly backends: Readonly<Record<string, Backend>>;
  readonly dns: Dns;
  /**
   * `private`: no listener on a public address; reached from the stack's network, e.g. over a VPN.
   * Default `public`. A change replaces the edge.
   */
  readonly exposure?: "public" | "private";
  /** Somebody else's proxy serves instead of an edge of our own. Docker hosts only. */
  readonly existingProxy?: ExistingProxy;
  /** Response headers with exact values, each sent once, on every status. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cors?: Cors;
  /** Largest request body, bytes; more gets 413. Default: the platform's own limit. */
  readonly maxBodyBytes?: number;
  /** Seconds without a byte after which a connection is cut, 1 to 3600. Default 60. */
  readonly idleTimeoutSeconds?: number;
  readonly rateLimits?: readonly RateLimit[];
  /** Only these networks (CIDR) may connect. Empty or absent: everybody. */
  readonly allowedNetworks?: readonly string[];
  /**
   * What happens to an `X-Forwarded-For` that the client sent: `append` adds the client's address
   * to it, `replace` drops it first. Default `append`.
   */
  readonly forwardedFor?: "append" | "replace";
  /** The way from the edge to the containers is encrypted, too. Default false. */
  readonly encryptedBackends?: boolean;
  /** Path patterns answered with 404 at the edge, e.g. `/internal/*`. */
  readonly blockedPaths?: readonly string[];
  /** Web application firewall. Default by profile. */
  readonly waf?: Waf;
  /** Days that access logs are kept. */
  readonly accessLogDays: number;
}

export interface HttpsEdgeLinks {
  readonly network: PrivateNetwork;
}

export interface HttpsEdgeOutputs {
  /** What the host names must point at. */
  readonly address: pulumi.Output<string>;
  /** Records to make where DNS is external: name → target. Empty otherwise. */
  readonly dnsRecords: pulumi.Output<Record<string, string>>;
  /** For workloads that call it from inside; present where `exposure` is `private`. */
  readonly endpoint?: Endpoint;
  /** Services attach themselves to the edge by this. */
  readonly attachment: Attachment;
}

/**
 * The edge is built in two steps, since clouds disagree on who must be first: `build` makes all
 * that needs no service (on AWS the target groups, too), `connect` what points at services.
 */
export interface HttpsEdgeBuilder extends Builder<HttpsEdgeSpec, HttpsEdgeLinks, HttpsEdgeOutputs> {
  connect(request: BuildRequest<HttpsEdgeSpec, ConnectLinks>): void;
}

export interface ConnectLinks extends HttpsEdgeLinks {
  readonly edge: HttpsEdge;
  /** Backend name → the service behind it. */
  readonly services: Readonly<Record<string, ContainerService>>;
  /** Backend name → the Docker host behind it. */
  readonly hosts: Readonly<Record<string, DockerHost>>;
}

export class HttpsEdge extends Component<HttpsEdgeSpec> implements HttpsEdgeOutputs {
  readonly address: pulumi.Output<string>;
  readonly dnsRecords: pulumi.Output<Record<string, string>>;
  readonly endpoint?: Endpoint;
  readonly attachment: Attachment;
  private readonly connectTo: (backends: Pick<ConnectLinks, "services" | "hosts">) => void;

  constructor(name: string, args: HttpsEdgeSpec & HttpsEdgeLinks, options: ComponentOptions) {
    const { network, ...spec } = args;
    super("HttpsEdge", name, spec, options);
    const { platform } = options;
    const outputs = platform.httpsEdge.build(this.request(name, spec, { network }, options));
    this.address = outputs.address;
    this.dnsRecords = outputs.dnsRecords;
    this.endpoint = outputs.endpoint;
    this.attachment = outputs.attachment;
    this.connectTo = (backends) => {
      const links = { network, edge: this, ...backends };
      platform.httpsEdge.connect(this.request(name, spec, links, options));
    };
    this.registerOutputs({ address: this.address, dnsRecords: this.dnsRecords });
  }

  /** Points the routes at the backends. Called once, when all of them are described. */
  connect(backends: Pick<ConnectLinks, "services" | "hosts">): void {
    this.connectTo(backends);
  }
}
