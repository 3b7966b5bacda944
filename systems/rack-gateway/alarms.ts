import type { AlarmsSpec, Destinations, Signal } from "../../components/alarms";

/** Critical and warning levels of the guide's companion pages; two hours without an anchor are a gap. */
export function rackGatewayAlarms(
  destinations: Destinations,
  anchorLogLine: string | undefined,
): AlarmsSpec {
  const errors = (abovePercent: number): Signal => ({
    kind: "server-errors",
    target: "gateway",
    abovePercent,
    minCount: 5,
    forMinutes: 5,
  });
  const signals: Record<string, Signal> = {
    "gateway-unhealthy": { kind: "unhealthy", target: "gateway", forChecks: 3 },
    "gateway-errors-critical": errors(5),
    "gateway-errors-warning": errors(1),
    "gateway-latency": { kind: "latency", target: "gateway", aboveSeconds: 2, forMinutes: 10 },
    "gateway-restarts": { kind: "restarts", target: "gateway", count: 3, withinMinutes: 10 },
    "db-cpu": { kind: "postgres-cpu", target: "db", abovePercent: 80, forMinutes: 15 },
    "db-connections": { kind: "postgres-connections", target: "db", abovePercent: 70 },
    "db-storage": { kind: "postgres-storage", target: "db", belowPercent: 15 },
    "migrate-failed": { kind: "job-failed", target: "migrate" },
  };
  if (anchorLogLine !== undefined) {
    signals["anchors-missing"] = {
      kind: "log-silence",
      target: "gateway",
      pattern: anchorLogLine,
      forMinutes: 120,
    };
  }
  return { signals, destinations };
}
