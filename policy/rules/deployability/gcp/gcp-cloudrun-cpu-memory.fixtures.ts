import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const service = (limits: unknown, template: object = {}, more: object = {}) =>
  resource("gcp:cloudrunv2/service:Service", {
    template: { containers: [{ resources: { limits, ...more } }], ...template },
  });
const job = (limits: object) =>
  resource("gcp:cloudrunv2/job:Job", {
    template: { template: { containers: [{ resources: { limits } }] } },
  });
const pair = (...list: object[]) =>
  resource("gcp:cloudrunv2/service:Service", {
    template: { containers: list.map((limits) => ({ resources: { limits } })) },
  });
const idle = { cpuIdle: true };
const GEN2 = { executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2" };

export const fixtures: Fixtures = {
  good: [
    service({ cpu: "1", memory: "512Mi" }),
    service({ cpu: "500m", memory: "256Mi" }, { maxInstanceRequestConcurrency: 1 }, idle),
    service({ cpu: 2, memory: "8Gi" }, GEN2),
    service({ cpu: "8000m", memory: "32Gi" }),
    service({ memory: "2Gi" }),
    pair({ cpu: "2", memory: "4Gi" }, { cpu: "0.5", memory: "512Mi" }),
    job({ cpu: "1", memory: "1Gi" }),
  ],
  bad: [
    service({ cpu: "0.5", memory: "512Mi" }, { maxInstanceRequestConcurrency: 80 }, idle),
    service({ cpu: "0.5", memory: "512Mi" }),
    service({ cpu: "3", memory: "2Gi" }),
    service({ cpu: 1.5 }),
    service({ cpu: "0.05" }, {}, idle),
    service({ cpu: "1", memory: "6Gi" }),
    service({ memory: "8Gi" }),
    service({ cpu: "4", memory: "1Gi" }),
    service({ cpu: "8", memory: "2048Mi" }),
    service({ cpu: "1", memory: "256Mi" }, GEN2),
    service({ cpu: "8", memory: "64Gi" }),
    pair({ cpu: "1", memory: "4Gi" }, { cpu: "0.5", memory: "1Gi" }),
    job({ cpu: "0.5", memory: "512Mi" }),
  ],
  missing: [passes(service(undefined)), passes(resource("gcp:cloudrunv2/service:Service", {}))],
  unknown: [service({ cpu: unknown }), service({ memory: unknown }), service(unknown)],
  wrongType: [passes(service({ cpu: {}, memory: [] }))],
};
