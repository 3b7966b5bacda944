import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const container = (name: unknown, ports?: unknown) => ({ envs: [{ name, value: "x" }], ports });
const service = (...containers: object[]) =>
  resource("gcp:cloudrunv2/service:Service", { template: { containers } });
const job = (name: string) =>
  resource("gcp:cloudrunv2/job:Job", { template: { template: { containers: [container(name)] } } });

export const fixtures: Fixtures = {
  good: [
    service(container("APP_PORT", { containerPort: 8080, name: "h2c" })),
    service(container("CLOUD_RUN_REGION")),
    service(container("A", { containerPort: 3000 }), container("PORTS")),
    job("TASK"),
  ],
  bad: [
    service(container("PORT")),
    service(container("K_SERVICE")),
    service(container("A"), container("K_REVISION")),
    service(container("A", { containerPort: 8080, name: "grpc" })),
    service(container("A", { containerPort: 1 }), container("B", { containerPort: 2 })),
    job("CLOUD_RUN_TASK_INDEX"),
    job("PORT"),
  ],
  missing: [passes(resource("gcp:cloudrunv2/service:Service", {}))],
  unknown: [service(container(unknown))],
  wrongType: [passes(service(container(7))), violates(service(container("PORT", "8080")))],
};
