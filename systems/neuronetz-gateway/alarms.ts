import type { AlarmsSpec, Destinations, Signal } from "../../components/alarms";

/** The thresholds are ours; the guide describes no monitoring. */
export function neuronetzAlarms(destinations: Destinations, hasEdge: boolean): AlarmsSpec {
  const line = (pattern: string, count: number, withinMinutes: number): Signal => ({
    kind: "log-pattern",
    target: "gateway",
    pattern,
    count,
    withinMinutes,
  });
  return {
    signals: {
      "gateway-unhealthy": { kind: "unhealthy", target: "gateway", forChecks: 3 },
      "gateway-errors": {
        kind: "server-errors",
        target: "gateway",
        abovePercent: 2,
        minCount: 5,
        forMinutes: 5,
      },
      "audit-deny-mode": line("audit buffer full", 1, 5),
      "no-models": line("no models discovered", 3, 5),
      "authentication-failures": line("authentication failed", 100, 5),
      "database-connections": {
        kind: "postgres-connections",
        target: "postgres",
        abovePercent: 80,
      },
      "database-storage": { kind: "postgres-storage", target: "postgres", belowPercent: 20 },
      "redis-memory": { kind: "redis-memory", target: "redis", abovePercent: 80, forMinutes: 10 },
      "migrate-failed": { kind: "job-failed", target: "migrate" },
      ...(hasEdge ? { certificate: { kind: "certificate", target: "edge", belowDays: 14 } } : {}),
    },
    destinations,
  };
}
