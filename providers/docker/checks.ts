import { attachmentOf } from "../../components/attachment";
import type { AlarmsBuilder, AlarmsLinks, Signal, SignalKind } from "../../components/alarms";
import type { EdgeAttachment, ServiceAttachment } from "./attachments";

const NO_SOCKET = "only the engine knows, and its socket is given to no container";

/** Why a kind of signal is not watched on a host. */
export const UNWATCHED: Readonly<Partial<Record<SignalKind, string>>> = {
  restarts: NO_SOCKET,
  "postgres-cpu": NO_SOCKET,
  "redis-memory": "the watch is no client of the cache; its memory is bounded and evicts",
  "job-failed": "the update that ran the job fails; nobody else is told",
  "log-pattern": NO_SOCKET,
};

const unsupported = (kind: SignalKind) => ({
  unsupported: `accepted with a warning: ${UNWATCHED[kind] ?? ""}`,
});

export const SIGNALS: AlarmsBuilder["signals"] = {
  "server-errors": "counted in the edge's access log",
  latency: "95th percentile in the edge's access log",
  unhealthy: "every replica is asked for its health path once a minute",
  restarts: unsupported("restarts"),
  "postgres-cpu": unsupported("postgres-cpu"),
  "postgres-storage": "free space of the host's disk",
  "postgres-connections": "counted once a minute by the backup container",
  "redis-memory": unsupported("redis-memory"),
  "job-failed": unsupported("job-failed"),
  "log-pattern": unsupported("log-pattern"),
  "log-silence": { unsupported: "it is not offered on this target yet" },
  certificate: { unsupported: "it is not offered on this target yet" },
  "host-disk": { unsupported: "it is not offered on this target yet" },
  "host-backup": { unsupported: "it is not offered on this target yet" },
};

/** A day, and two hours for the dump itself. */
const BACKUP_HOURS = 26;
/** A week: ACME renews thirty days before the end, the edge's own authority every few hours. */
const CERTIFICATE_HOURS = { acme: 7 * 24, internal: 1 };

type Check = Record<string, unknown>;

/** What the watch container looks at: the signals asked for, then what every host needs. */
export function checksOf(
  signals: Readonly<Record<string, Signal>>,
  links: AlarmsLinks,
  edge: EdgeAttachment,
): Check[] {
  return [
    ...Object.entries(signals).flatMap(([name, signal]) => {
      const check = checkOf(signal, links, edge);
      return check ? [{ name, ...check }] : [];
    }),
    ...edge.hosts.map((host) => ({
      name: `certificate-${host}`,
      kind: "certificate",
      address: "edge:8443",
      serverName: host,
      limit: CERTIFICATE_HOURS[edge.certificates],
      failures: 3,
    })),
    ...Object.keys(links.postgres).map((database) => ({
      name: `${database}-backup-age`,
      kind: "backup",
      path: `/watched/${database}`,
      limit: BACKUP_HOURS,
      // The first dump of a new stack takes a moment.
      failures: 15,
    })),
  ];
}

function checkOf(signal: Signal, links: AlarmsLinks, edge: EdgeAttachment): Check | undefined {
  switch (signal.kind) {
    case "server-errors":
      return {
        kind: "errors",
        backend: signal.target,
        limit: signal.abovePercent,
        minCount: signal.minCount,
        minutes: signal.forMinutes,
      };
    case "latency":
      return {
        kind: "latency",
        backend: signal.target,
        limit: signal.aboveSeconds,
        minutes: signal.forMinutes,
      };
    case "unhealthy": {
      const service = links.services[signal.target];
      const health = edge.health[signal.target];
      if (!service || !health) return undefined;
      const { replicas } = attachmentOf<ServiceAttachment>(service.attachment, "docker");
      return {
        kind: "health",
        urls: replicas.map((replica) => `http://${replica}:${health.port}${health.path}`),
        timeoutSeconds: health.timeoutSeconds,
        failures: signal.forChecks,
      };
    }
    case "postgres-storage":
      return { kind: "disk", path: `/watched/${signal.target}`, limit: signal.belowPercent };
    case "postgres-connections":
      return {
        kind: "connections",
        path: `/watched/${signal.target}`,
        limit: signal.abovePercent,
        failures: 2,
      };
    default:
      return undefined;
  }
}
