import type * as pulumi from "@pulumi/pulumi";
import { attachmentOf } from "../../components/attachment";
import type { AlarmsBuilder, AlarmsLinks, Signal, SignalKind } from "../../components/alarms";
import type { EdgeAttachment, OwnEdge, PostgresAttachment, ServiceAttachment } from "./attachments";

const NO_SOCKET = "only the engine knows, and its socket is given to no container";

/** Why a kind of signal is not watched on a host. */
export const UNWATCHED: Readonly<Partial<Record<SignalKind, string>>> = {
  restarts: NO_SOCKET,
  "postgres-cpu": NO_SOCKET,
  "redis-memory": "the watch is no client of the cache; its memory is bounded and evicts",
  "job-failed": "the update that ran the job fails; nobody else is told",
  "log-pattern": `${NO_SOCKET}; the SIEM that logs go to can look for it`,
  "log-silence": `${NO_SOCKET}; the SIEM that logs go to can look for it`,
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
  "log-silence": unsupported("log-silence"),
  certificate: "the edge is asked for its certificate once a minute",
  "host-disk": "free space of the disk that the backups are on",
  "host-backup": "age of the newest finished copy",
};

/** A day, and two hours for the dump itself. */
const BACKUP_HOURS = 26;
/** A week: ACME renews thirty days before the end, the edge's own authority every few hours. */
const CERTIFICATE_HOURS = { acme: 7 * 24, internal: 1 };

type Check = Record<string, unknown>;

/** Databases and hosts, and the volume that the backups of each are in. */
export function backupsOf({ postgres, hosts }: AlarmsLinks): Record<string, pulumi.Output<string>> {
  const databases = Object.entries(postgres).map(([name, server]) => {
    const { backups } = attachmentOf<PostgresAttachment>(server.attachment, "docker");
    return [name, backups] as const;
  });
  const copies = Object.entries(hosts).flatMap(([name, host]) => {
    const { backups } = attachmentOf<ServiceAttachment>(host.attachment, "docker");
    return backups ? [[name, backups] as const] : [];
  });
  return Object.fromEntries([...databases, ...copies]);
}

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
    ...certificates(signals, edge.own),
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

/** Always watched; a signal says how early. The edge's own authority signs for hours, not for days. */
function certificates(
  signals: Readonly<Record<string, Signal>>,
  own: OwnEdge | undefined,
): Check[] {
  if (!own) return [];
  const asked = Object.entries(signals).flatMap(([name, signal]) => {
    return signal.kind === "certificate" ? [{ name, hours: signal.belowDays * 24 }] : [];
  });
  const [{ name, hours } = { name: "certificate", hours: CERTIFICATE_HOURS.acme }] = asked;
  return own.hosts.map((host) => ({
    name: `${name}-${host}`,
    kind: "certificate",
    address: "edge:8443",
    serverName: host,
    limit: own.certificates === "acme" ? hours : CERTIFICATE_HOURS.internal,
    failures: 3,
  }));
}

function checkOf(signal: Signal, links: AlarmsLinks, edge: EdgeAttachment): Check | undefined {
  switch (signal.kind) {
    case "server-errors":
      if (!edge.own) return undefined;
      return {
        kind: "errors",
        backend: signal.target,
        limit: signal.abovePercent,
        minCount: signal.minCount,
        minutes: signal.forMinutes,
      };
    case "latency":
      if (!edge.own) return undefined;
      return {
        kind: "latency",
        backend: signal.target,
        limit: signal.aboveSeconds,
        minutes: signal.forMinutes,
      };
    case "unhealthy": {
      const service = links.services[signal.target] ?? links.hosts[signal.target];
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
    case "host-disk":
      return { kind: "disk", path: `/watched/${signal.target}`, limit: 100 - signal.abovePercent };
    case "host-backup":
      return {
        kind: "backup",
        path: `/watched/${signal.target}`,
        limit: signal.aboveHours,
        failures: 15,
      };
    default:
      return undefined;
  }
}
