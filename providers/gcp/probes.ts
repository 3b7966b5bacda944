import type { Problems } from "../../components/errors";
import type { HealthCheck } from "../../components/container-service";

/** Seconds within which a container must have started. */
const LONGEST_START = 240;
/** Readiness probes accept no more failures than this. */
const MOST_READINESS_FAILURES = 3;
/** A container that has failed so many checks in a row will not recover by itself. */
const HOPELESS_AFTER = 10;

export function checkHealth(health: HealthCheck, path: string, problems: Problems): void {
  const { intervalSeconds, timeoutSeconds, startSeconds } = health;
  if (!health.path.startsWith("/")) {
    problems.add(`${path}.path`, `"${health.path}" is no path; begin it with a slash`);
  }
  if (timeoutSeconds >= intervalSeconds) {
    problems.add(
      `${path}.timeoutSeconds`,
      `${timeoutSeconds} must be less than intervalSeconds, ${intervalSeconds}; lower it`,
    );
  }
  if (startSeconds > LONGEST_START) {
    problems.add(
      `${path}.startSeconds`,
      `${startSeconds} is more than Cloud Run waits for a start; give at most ${LONGEST_START}`,
    );
  }
}

interface Probe {
  httpGet: { path: string; port: number };
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}

export interface Probes {
  startupProbe: Probe;
  readinessProbe: Probe & { successThreshold: number };
  livenessProbe: Probe;
}

export function probes(health: HealthCheck, port: number): Probes {
  const { path, intervalSeconds, timeoutSeconds, startSeconds } = health;
  const httpGet = { path, port };
  // Asked often, so that a quick start is noticed; the window is what was asked for and three more.
  const period = Math.min(Math.max(timeoutSeconds + 1, 5), intervalSeconds);
  const window = Math.min(LONGEST_START, startSeconds + 3 * intervalSeconds);
  return {
    startupProbe: {
      httpGet,
      periodSeconds: period,
      timeoutSeconds,
      failureThreshold: Math.max(1, Math.floor(window / period)),
    },
    readinessProbe: {
      httpGet,
      periodSeconds: intervalSeconds,
      timeoutSeconds,
      successThreshold: health.healthyAfter,
      failureThreshold: Math.min(MOST_READINESS_FAILURES, health.unhealthyAfter),
    },
    livenessProbe: {
      httpGet,
      periodSeconds: intervalSeconds,
      timeoutSeconds,
      failureThreshold: Math.max(HOPELESS_AFTER, health.unhealthyAfter),
    },
  };
}
