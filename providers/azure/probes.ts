import type { app } from "@pulumi/azure-native/types/input";
import type { HealthCheck } from "../../components/container-service";
import type { Problems } from "../../components/errors";

/** What Container Apps accepts of each probe. */
const LIMITS = { interval: [1, 240], timeout: [1, 240], times: [1, 10] } as const;

/** Reports timings that Container Apps would refuse. */
export function checkHealth(health: HealthCheck, path: string, problems: Problems): void {
  const within = (key: keyof HealthCheck, [least, most]: readonly [number, number]): void => {
    const value = health[key];
    if (typeof value === "number" && (value < least || value > most)) {
      problems.add(`${path}.${key}`, `${value} is not offered; give ${least} to ${most}`);
    }
  };
  within("intervalSeconds", LIMITS.interval);
  within("timeoutSeconds", LIMITS.timeout);
  within("healthyAfter", LIMITS.times);
  within("unhealthyAfter", LIMITS.times);
  within("startSeconds", [0, 2400]);
  if (health.timeoutSeconds >= health.intervalSeconds) {
    problems.add(`${path}.timeoutSeconds`, "must be less than intervalSeconds");
  }
}

/**
 * All probes are declared: the platform's own would restart an app that is slow to answer. Whether
 * traffic comes is asked on the health path. A restart only follows when the port is dead: an app
 * that reports a lost database would not come back by being restarted.
 */
export function probesOf(health: HealthCheck, port: number): app.ContainerAppProbeArgs[] {
  const { intervalSeconds, timeoutSeconds, healthyAfter, unhealthyAfter, startSeconds } = health;
  const httpGet = { path: health.path, port, scheme: "HTTP" };
  return [
    {
      type: "Startup",
      tcpSocket: { port },
      periodSeconds: Math.max(1, Math.ceil(startSeconds / 10)),
      failureThreshold: 10,
      timeoutSeconds,
    },
    {
      type: "Readiness",
      httpGet,
      periodSeconds: intervalSeconds,
      timeoutSeconds,
      successThreshold: healthyAfter,
      failureThreshold: unhealthyAfter,
    },
    {
      type: "Liveness",
      tcpSocket: { port },
      periodSeconds: intervalSeconds,
      timeoutSeconds,
      failureThreshold: unhealthyAfter,
    },
  ];
}
