import type { AlarmsSpec, Destinations, Signal } from "../../components/alarms";

/** Lines of the API's log that somebody must hear of: text, and how many in five minutes are too many. */
const PATTERNS = {
  "authentication-failures": ["authentication failed", 20],
  "rate-limit-breaches": ["Rate limit exceeded", 50],
  "connections-refused": ["connection refused", 1],
  "connection-timeouts": ["connection timeout", 1],
  "hash-verification": ["hash verification failed", 1],
} as const satisfies Record<string, readonly [string, number]>;

/** The guide's patterns and health alarms; the other thresholds are ours. */
export function rayrayAlarms(destinations: Destinations): AlarmsSpec {
  const patterns = Object.entries(PATTERNS).map(([name, [pattern, count]]): [string, Signal] => [
    name,
    { kind: "log-pattern", target: "api", pattern, count, withinMinutes: 5 },
  ]);
  return {
    signals: {
      ...Object.fromEntries(patterns),
      "api-errors": {
        kind: "server-errors",
        target: "api",
        abovePercent: 1,
        minCount: 10,
        forMinutes: 5,
      },
      "api-unhealthy": { kind: "unhealthy", target: "api", forChecks: 2 },
      "web-unhealthy": { kind: "unhealthy", target: "web", forChecks: 2 },
      "db-cpu": { kind: "postgres-cpu", target: "db", abovePercent: 80, forMinutes: 15 },
      "db-storage": { kind: "postgres-storage", target: "db", belowPercent: 15 },
      "db-connections": { kind: "postgres-connections", target: "db", abovePercent: 80 },
      "migrate-failed": { kind: "job-failed", target: "migrate" },
    },
    destinations,
  };
}
