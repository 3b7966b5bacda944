import type { HttpsEdgeSpec, Route } from "../../components/https-edge";
import { proxyTo, type Target } from "./caddy-proxy";
import { firewall } from "./caddy-waf";

type Json = Record<string, unknown>;

/** What the edge is told besides the description. */
export interface EdgeFacts {
  readonly certificates: "acme" | "internal";
  readonly acmeEmail?: string;
  readonly httpsPort: number;
  readonly tryAgainSeconds: number;
  /** Backend → its replicas. */
  readonly targets: Readonly<Record<string, Target>>;
}

export const ADMIN_SOCKET = "/run/caddy/admin.sock";
export const ACCESS_LOG = "/var/log/caddy/access.log";
const DEFAULT_IDLE_SECONDS = 60;

/** The whole configuration of Caddy as JSON, which needs no quoting rules of its own. */
export function caddyConfig(spec: HttpsEdgeSpec, facts: EdgeFacts): Json {
  const hosts = hostsOf(spec.routes);
  const idle = spec.idleTimeoutSeconds ?? DEFAULT_IDLE_SECONDS;
  return {
    admin: { listen: `unix/${ADMIN_SOCKET}` },
    logging: { logs: logs(spec.accessLogDays) },
    storage: { module: "file_system", root: "/data/caddy" },
    apps: {
      // These parts and the handler below see to it that no request is lost when another
      // configuration takes over: see caddy/closing.go.
      events: {
        subscriptions: [{ events: ["started", "stopping"], handlers: [{ handler: "closing" }] }],
      },
      http: {
        http_port: 8080,
        https_port: 8443,
        // Requests of the configuration before this one may take as long as any may be silent.
        grace_period: `${Math.max(idle, 30)}s`,
        servers: {
          edge: {
            // Inside, a private edge is called by its name, on the port that URLs leave out.
            listen: spec.exposure === "private" ? [":8443", ":443"] : [":8443"],
            listener_wrappers: [{ wrapper: "closing" }, { wrapper: "tls" }],
            protocols: ["h1", "h2"],
            read_header_timeout: "10s",
            idle_timeout: `${idle}s`,
            automatic_https: { disable_redirects: true },
            tls_connection_policies: [{ protocol_min: "tls1.2" }],
            logs: { default_logger_name: "edge" },
            // One for all hosts: its rules take memory and seconds to be read.
            ...(spec.waf ? { named_routes: { firewall: { handle: [firewall(spec.waf)] } } } : {}),
            routes: [
              { handle: [{ handler: "closing" }] },
              ...allowed(spec.allowedNetworks),
              ...hosts.map((host) => hostRoute(host, spec, facts, idle)),
              { handle: [answer(404)] },
            ],
            errors: {
              routes: [{ handle: [headers(spec, false), answer("{http.error.status_code}")] }],
            },
          },
          redirect: { listen: [":8080"], protocols: ["h1"], routes: redirects(hosts, facts) },
        },
      },
      tls: { automation: { policies: [{ subjects: hosts, issuers: [issuer(facts)] }] } },
    },
  };
}

export const hostsOf = (routes: readonly Route[]): string[] => [
  ...new Set(routes.map(({ host }) => host)),
];

const answer = (status: number | string): Json => ({
  handler: "static_response",
  status_code: status,
});

function issuer({ certificates, acmeEmail }: EdgeFacts): Json {
  if (certificates === "internal") return { module: "internal" };
  return { module: "acme", ...(acmeEmail === undefined ? {} : { email: acmeEmail }) };
}

function logs(days: number): Json {
  return {
    default: { exclude: ["http.log.access.edge"] },
    access: {
      include: ["http.log.access.edge"],
      encoder: { format: "json" },
      writer: {
        output: "file",
        filename: ACCESS_LOG,
        roll_size_mb: 100,
        // The days decide, not the number of files.
        roll_keep: 10_000,
        roll_keep_days: days,
      },
    },
  };
}

function allowed(networks: readonly string[] = []): Json[] {
  if (networks.length === 0) return [];
  return [
    {
      match: [{ not: [{ remote_ip: { ranges: networks } }] }],
      handle: [answer(403)],
      terminal: true,
    },
  ];
}

function redirects(hosts: readonly string[], { httpsPort }: EdgeFacts): Json[] {
  const port = httpsPort === 443 ? "" : `:${httpsPort}`;
  const location = `https://{http.request.host}${port}{http.request.uri}`;
  return [
    {
      match: [{ host: hosts }],
      handle: [{ ...answer(308), headers: { Location: [location] } }],
      terminal: true,
    },
    { handle: [answer(404)] },
  ];
}

/** Everything of one host, in the order a request meets it: cheap refusals first. */
function hostRoute(host: string, spec: HttpsEdgeSpec, facts: EdgeFacts, idle: number): Json {
  const routes = spec.routes.filter((route) => route.host === host);
  const blocked = spec.blockedPaths ?? [];
  const inner: Json[] = [
    { handle: [headers(spec, true)] },
    ...(blocked.length > 0
      ? [{ match: [{ path: blocked }], handle: [answer(404)], terminal: true }]
      : []),
    ...limits(spec),
    ...preflight(spec),
    ...(spec.maxBodyBytes
      ? [{ handle: [{ handler: "request_body", max_size: spec.maxBodyBytes }] }]
      : []),
    ...(spec.waf ? [{ handle: [{ handler: "invoke", name: "firewall" }] }] : []),
    // Longer patterns first, so that `/*` takes what is left.
    ...[...routes]
      .sort((a, b) => longest(b) - longest(a))
      .map(({ paths, backend }) => ({
        ...(paths.includes("/*") ? {} : { match: [{ path: paths }] }),
        handle: [
          { handler: "log_append", key: "backend", value: backend },
          ...ownHeaders(spec.backends[backend]?.headers),
          proxyTo(backend, spec.backends[backend], facts, idle),
        ],
        terminal: true,
      })),
    { handle: [answer(404)] },
  ];
  return {
    match: [{ host: [host] }],
    handle: [{ handler: "subroute", routes: inner }],
    terminal: true,
  };
}

const longest = ({ paths }: Route): number => Math.max(...paths.map((path) => path.length));

/** Deferred, a header also replaces what the application sent: each stands there once. */
function headers(spec: HttpsEdgeSpec, deferred: boolean): Json {
  const set = Object.entries(spec.headers ?? {}).map(([name, value]) => [name, [value]]);
  const cors = spec.cors;
  return {
    handler: "headers",
    response: {
      deferred,
      set: Object.fromEntries([...set, ...(cors ? [["Vary", ["Origin"]]] : [])]),
      delete: ["Server", "Via"],
    },
  };
}

/** Those of one backend, beside the edge's own. */
function ownHeaders(given: Readonly<Record<string, string>> = {}): Json[] {
  const set = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value]]));
  return Object.keys(set).length === 0
    ? []
    : [{ handler: "headers", response: { deferred: true, set } }];
}

function limits({ rateLimits = [] }: HttpsEdgeSpec): Json[] {
  if (rateLimits.length === 0) return [];
  const zones = rateLimits.map(({ pathPrefix, requests, windowSeconds }) => [
    `prefix ${pathPrefix}`,
    {
      ...(pathPrefix === "/" ? {} : { match: [{ path: [`${pathPrefix}*`] }] }),
      key: "{http.request.remote.host}",
      window: `${windowSeconds}s`,
      max_events: requests,
    },
  ]);
  return [{ handle: [{ handler: "rate_limit", rate_limits: Object.fromEntries(zones) }] }];
}

/** Origins are compared exactly; others get no header and the browser refuses them. */
function preflight({ cors }: HttpsEdgeSpec): Json[] {
  if (!cors) return [];
  const origin = { header: { Origin: cors.origins } };
  const common = {
    "Access-Control-Allow-Origin": ["{http.request.header.Origin}"],
    ...(cors.credentials ? { "Access-Control-Allow-Credentials": ["true"] } : {}),
  };
  const asked = {
    ...common,
    "Access-Control-Allow-Methods": [cors.methods.join(", ")],
    "Access-Control-Allow-Headers": [cors.headers.join(", ")],
    "Access-Control-Max-Age": ["600"],
  };
  const preflightRequest = {
    method: ["OPTIONS"],
    header: { "Access-Control-Request-Method": ["*"], Origin: cors.origins },
  };
  return [
    { match: [preflightRequest], handle: [{ ...answer(204), headers: asked }], terminal: true },
    {
      match: [origin],
      handle: [{ handler: "headers", response: { deferred: true, set: common } }],
    },
  ];
}
