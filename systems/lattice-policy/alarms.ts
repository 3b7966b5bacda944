import type { AlarmsSpec, Destinations, Signal } from "../../components/alarms";

/** What somebody is woken for. The thresholds are ours; the guide names the subjects only. */
export function latticePolicyAlarms(cache: boolean, destinations: Destinations): AlarmsSpec {
  const signals: Record<string, Signal> = {
    "api-errors": {
      kind: "server-errors",
      target: "api",
      abovePercent: 1,
      minCount: 10,
      forMinutes: 5,
    },
    "api-latency": { kind: "latency", target: "api", aboveSeconds: 2, forMinutes: 10 },
    "api-unhealthy": { kind: "unhealthy", target: "api", forChecks: 2 },
    "ui-unhealthy": { kind: "unhealthy", target: "ui", forChecks: 2 },
    "api-restarts": { kind: "restarts", target: "api", count: 3, withinMinutes: 10 },
    "ui-restarts": { kind: "restarts", target: "ui", count: 3, withinMinutes: 10 },
    "db-cpu": { kind: "postgres-cpu", target: "db", abovePercent: 80, forMinutes: 15 },
    "db-storage": { kind: "postgres-storage", target: "db", belowPercent: 15 },
    "db-connections": { kind: "postgres-connections", target: "db", abovePercent: 80 },
    "migrate-failed": { kind: "job-failed", target: "migrate" },
  };
  if (cache) {
    signals["cache-memory"] = {
      kind: "redis-memory",
      target: "cache",
      abovePercent: 80,
      forMinutes: 10,
    };
  }
  return { signals, destinations };
}
