import type { Backend } from "../../components/https-edge";

/** Replicas of one backend, as the edge dials them. */
export interface Target {
  readonly replicas: readonly string[];
}

interface Facts {
  readonly tryAgainSeconds: number;
  readonly targets: Readonly<Record<string, Target>>;
}

const DEFAULT_DRAIN_SECONDS = 30;

export const drainOf = (backend: Backend): number => backend.drainSeconds ?? DEFAULT_DRAIN_SECONDS;

/** Passes requests to healthy replicas, and keeps those waiting that find none for a while. */
export function proxyTo(
  name: string,
  backend: Backend | undefined,
  { tryAgainSeconds, targets }: Facts,
  idleSeconds: number,
): Record<string, unknown> {
  if (!backend) throw new Error(`there is no backend "${name}"`);
  const { health, port, sticky } = backend;
  return {
    handler: "reverse_proxy",
    upstreams: (targets[name]?.replicas ?? []).map((replica) => ({
      dial: `${replica}:${port}`,
    })),
    load_balancing: {
      selection_policy: sticky ? { policy: "cookie", name: "portolan" } : { policy: "least_conn" },
      // A replica that is being replaced in place refuses connections; nothing was sent to it yet,
      // so that any request may wait for it.
      try_duration: `${tryAgainSeconds}s`,
      try_interval: "250ms",
    },
    health_checks: {
      active: {
        uri: health.path,
        interval: `${health.intervalSeconds}s`,
        timeout: `${health.timeoutSeconds}s`,
        expect_status: 200,
        passes: health.healthyAfter,
        fails: health.unhealthyAfter,
      },
    },
    // X-Forwarded-For, -Proto and -Host are Caddy's own: no proxy before it is trusted, so what a
    // client sends in them is replaced.
    transport: {
      protocol: "http",
      dial_timeout: "5s",
      read_timeout: `${idleSeconds}s`,
      write_timeout: `${idleSeconds}s`,
      response_header_timeout: `${idleSeconds}s`,
    },
    // Bytes are passed on as they come: streams must not wait for a full buffer.
    flush_interval: -1,
    stream_close_delay: `${drainOf(backend)}s`,
  };
}
