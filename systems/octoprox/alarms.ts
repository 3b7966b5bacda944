import type { AlarmsSpec, Destinations } from "../../components/alarms";

/** The guide's rollback triggers, and what a machine of one's own needs. */
export function octoproxAlarms(destinations: Destinations): AlarmsSpec {
  return {
    signals: {
      unhealthy: { kind: "unhealthy", target: "host", forChecks: 10 },
      errors: {
        kind: "server-errors",
        target: "host",
        abovePercent: 1,
        minCount: 10,
        forMinutes: 5,
      },
      latency: { kind: "latency", target: "host", aboveSeconds: 5, forMinutes: 5 },
      "authentication-failures": {
        kind: "log-pattern",
        target: "host",
        pattern: "authentication failed",
        count: 20,
        withinMinutes: 5,
      },
      disk: { kind: "host-disk", target: "host", abovePercent: 80 },
      backup: { kind: "host-backup", target: "host", aboveHours: 26 },
      "verification-failed": { kind: "job-failed", target: "verify" },
    },
    destinations,
  };
}
