import type { Cors, HttpsEdgeSpec } from "../../components/https-edge";
import { splitHeaders } from "./edge-headers";

/**
 * A small proxy in the task, in front of the program, for what a load balancer cannot do: other
 * response headers, CORS for several origins, body limits. It is in the task because everything
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
export function frontOf(spec: HttpsEdgeSpec, backendPort: number): Front | undefined {
  const headers = splitHeaders(spec.headers ?? {}).front;
  const { cors, maxBodyBytes } = spec;
  if (Object.keys(headers).length === 0 && !cors && maxBodyBytes === undefined) return undefined;
  const port = backendPort === 8081 ? 8082 : 8081;
  return { port, config: JSON.stringify(caddy(port, backendPort, headers, cors, maxBodyBytes)) };
}

/** Caddy's own JSON: no text format whose quoting a header value could break. */
function caddy(
  port: number,
  upstream: number,
  headers: Readonly<Record<string, string>>,
  cors: Cors | undefined,
  maxBodyBytes: number | undefined,
): object {
  const ours = setHeaders(headers);
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
            automatic_https: { disable: true },
            routes: [
              { handle: [ours] },
              ...(cors ? corsRoutes(cors) : []),
              {
                handle: [
                  ...(maxBodyBytes === undefined
                    ? []
                    : [{ handler: "request_body", max_size: maxBodyBytes }]),
                  proxy(upstream),
                ],
              },
            ],
            // An answer of the front itself (413, 502) leaves the routes above; it gets the same.
            errors: {
              routes: [
                {
                  handle: [
                    ours,
                    { handler: "static_response", status_code: "{http.error.status_code}" },
                  ],
                },
              ],
            },
          },
        },
      },
    },
  };
}

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
const proxy = (upstream: number): object => ({
  handler: "reverse_proxy",
  upstreams: [{ dial: `127.0.0.1:${upstream}` }],
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
