import type { HealthCheck } from "../../components/container-service";

export const HEALTH: HealthCheck = {
  path: "/health",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyAfter: 2,
  unhealthyAfter: 3,
  startSeconds: 30,
};
