import type { Backend, Cors, HttpsEdgeSpec } from "../../components/https-edge";
import { splitHeaders } from "./edge-headers";

/**
 * A small proxy in the task, in front of the program, for what a load balancer cannot do: other
 * response headers, CORS for several origins, body limits, dropping what clients say about
 * themselves, TLS up to the task. It is in the task because everything
 * before the load balancer (CloudFront) would add a hop to X-Forwarded-For, which applications
 * that trust exactly one hop take for the client.
 */
export interface Front {
  /** Port of the target group: the front's, not the program's. */
  readonly port: number;
  readonly config: string;
}

export const FRONT_IMAGE = "public.ecr.aws/docker/library/caddy:2.10.2-alpine";

/** The front of one backend, or undefined when the load balancer does all that is asked for. */
export function frontOf(spec: FrontSpec, backend: Backend): Front | undefined {
  const headers = {
    ...splitHeaders(spec.headers ?? {}, spec.backends).front,
    ...backend.headers,
  };
  const { cors, maxBodyBytes, encryptedBackends = false } = spec;
  const clientOnly = spec.forwardedFor === "replace" || backend.localProxy === true;
  const needed = cors ?? maxBodyBytes ?? (clientOnly || encryptedBackends || undefined);
  if (Object.keys(headers).length === 0 && needed === undefined) return undefined;
  const port = backend.port === 8081 ? 8082 : 8081;
  const routes = [
    { handle: [setHeaders(headers)] },
    ...(clientOnly ? [{ handle: [dropClaims] }] : []),
    ...(cors ? corsRoutes(cors) : []),
    { handle: [...limit(maxBodyBytes), proxy(upstream(backend))] },
  ];
  const config = caddy(port, routes, headers, spec);
  return { port, config: JSON.stringify(config) };
}

export type FrontSpec = Pick<
  HttpsEdgeSpec,
  | "headers"
  | "backends"
  | "cors"
  | "maxBodyBytes"
  | "forwardedFor"
  | "encryptedBackends"
  | "idleTimeoutSeconds"
>;

/** In a task the two share one address; on a host the entry has this name in its networks. */
export const ENTRY_ALIAS = "portolan-entry";
const upstream = ({ host, port }: Backend): string => `${host ? ENTRY_ALIAS : "127.0.0.1"}:${port}`;

const limit = (bytes?: number): object[] =>
  bytes === undefined ? [] : [{ handler: "request_body", max_size: bytes }];

/** Caddy's own JSON: no text format whose quoting a header value could break. */
function caddy(
  port: number,
  routes: readonly object[],
  headers: Readonly<Record<string, string>>,
  { encryptedBackends, idleTimeoutSeconds = 60 }: FrontSpec,
): object {
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { level: "WARN" } } },
    storage: { module: "file_system", root: "/tmp/caddy" },
    apps: {
      http: {
        grace_period: "30s",
        servers: {
          front: {
            listen: [`:${port}`],
            // Longer than the load balancer's, which would send on a connection just closed.
            idle_timeout: `${idleTimeoutSeconds + 60}s`,
            automatic_https: { disable: true },
            ...(encryptedBackends ? { tls_connection_policies: [ANY_NAME] } : {}),
            routes,
            // An answer of the front itself (413, 502) leaves the routes above; it gets the same.
            errors: {
              routes: [
                {
                  handle: [
                    setHeaders(headers),
                    { handler: "static_response", status_code: "{http.error.status_code}" },
                  ],
                },
              ],
            },
          },
        },
      },
      ...(encryptedBackends ? OWN_AUTHORITY : {}),
    },
  };
}

const NAME = "front.internal";

/** A load balancer names no host when it connects to a target, and checks no certificate. */
const ANY_NAME = { default_sni: NAME, fallback_sni: NAME };

/** A certificate that the front makes for itself at every start: no key stands anywhere. */
const OWN_AUTHORITY = {
  pki: { certificate_authorities: { local: { install_trust: false } } },
  tls: {
    certificates: { automate: [NAME] },
    automation: { policies: [{ subjects: [NAME], issuers: [{ module: "internal" }] }] },
  },
};

/** `deferred` waits for the program's answer, and `set` replaces what it sent: one of each. */
const setHeaders = (headers: Readonly<Record<string, string>>): object => ({
  handler: "headers",
  response: {
    deferred: true,
    set: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    delete: ["Server", "Via"],
  },
});

/**
 * Passes on what the load balancer said about the client. Caddy would add the load balancer as
 * one more hop and call the connection `http`.
 */
const proxy = (dial: string): object => ({
  handler: "reverse_proxy",
  upstreams: [{ dial }],
  flush_interval: -1,
  headers: {
    request: {
      set: {
        "X-Forwarded-For": ["{http.request.header.X-Forwarded-For}"],
        "X-Forwarded-Proto": ["{http.request.header.X-Forwarded-Proto}"],
      },
    },
  },
});

/**
 * The load balancer appends the client's address; whatever is before it, the client made up. Lines
 * of the header are joined first, since each would keep its own last entry.
 */
const dropClaims = {
  handler: "headers",
  request: {
    set: { "X-Forwarded-For": ["{http.request.header.X-Forwarded-For}"] },
    replace: { "X-Forwarded-For": [{ search_regexp: "^.*,\\s*", replace: "" }] },
  },
};

function corsRoutes(cors: Cors): object[] {
  const origin = { Origin: cors.origins };
  const allowed = {
    "Access-Control-Allow-Origin": ["{http.request.header.Origin}"],
    ...(cors.credentials ? { "Access-Control-Allow-Credentials": ["true"] } : {}),
  };
  const preflight = {
    ...allowed,
    "Access-Control-Allow-Methods": [cors.methods.join(", ")],
    "Access-Control-Allow-Headers": [cors.headers.join(", ")],
    "Access-Control-Max-Age": ["600"],
  };
  return [
    { handle: [{ handler: "headers", response: { deferred: true, add: { Vary: ["Origin"] } } }] },
    {
      match: [
        {
          method: ["OPTIONS"],
          header: { ...origin, "Access-Control-Request-Method": cors.methods },
        },
      ],
      handle: [{ handler: "static_response", status_code: 204, headers: preflight }],
      terminal: true,
    },
    {
      match: [{ header: origin }],
      handle: [{ handler: "headers", response: { deferred: true, set: allowed } }],
    },
  ];
}
