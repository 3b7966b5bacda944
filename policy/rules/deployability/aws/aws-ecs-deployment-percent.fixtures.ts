import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const service = (
  deploymentMaximumPercent: unknown,
  deploymentMinimumHealthyPercent: unknown,
  more: object = {},
) =>
  resource("aws:ecs/service:Service", {
    deploymentMaximumPercent,
    deploymentMinimumHealthyPercent,
    desiredCount: 1,
    ...more,
  });

export const fixtures: Fixtures = {
  good: [
    service(200, 100),
    service(100, 0),
    service(150, 50, { desiredCount: 2 }),
    service("200", "100"),
    service(150, 100, { desiredCount: 4 }),
    service(100, 100, { schedulingStrategy: "DAEMON" }),
    service(undefined, 50, {
      healthCheckGracePeriodSeconds: 30,
      loadBalancers: [{ targetGroupArn: unknown }],
    }),
    service(undefined, undefined, { deploymentCircuitBreaker: { enable: true, rollback: true } }),
  ],
  bad: [
    service(100, 100),
    service(150, 100),
    service(100, undefined),
    service("100", "100", { desiredCount: 3 }),
    service(110, 100, { desiredCount: 3 }),
    service(200, 200),
    service(undefined, undefined, { healthCheckGracePeriodSeconds: 60 }),
    service(undefined, undefined, {
      deploymentCircuitBreaker: { enable: true },
      deploymentController: { type: "CODE_DEPLOY" },
    }),
  ],
  missing: [
    passes(service(undefined, undefined)),
    passes(service(150, 100, { desiredCount: undefined })),
  ],
  unknown: [service(unknown, 100), service(100, unknown)],
  wrongType: [passes(service("many", "few")), passes(service([], {}))],
};
