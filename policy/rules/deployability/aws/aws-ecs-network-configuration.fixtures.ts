import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const task = (networkMode: unknown) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", { networkMode }, "td");
const service = (props: object) =>
  resource("aws:ecs/service:Service", { taskDefinition: { ref: "td.arn" }, ...props }, "svc");
const subnets = { networkConfiguration: { subnets: ["subnet-a"] } };
const timer = (props: object) =>
  resource("aws:cloudwatch/eventTarget:EventTarget", {
    ecsTarget: { taskDefinitionArn: { ref: "td.arn" }, ...props },
  });

export const fixtures: Fixtures = {
  good: [
    passes(task("awsvpc"), service(subnets)),
    passes(task("awsvpc"), service({ networkConfiguration: { subnets: [unknown] } })),
    passes(task("awsvpc"), service({ networkConfiguration: unknown })),
    passes(task("bridge"), service({})),
    passes(task("awsvpc"), timer(subnets)),
    passes(resource("aws:cloudwatch/eventTarget:EventTarget", { arn: "arn:x" })),
  ],
  bad: [
    violates(task("awsvpc"), service({})),
    violates(task("awsvpc"), service({ networkConfiguration: { subnets: [] } })),
    violates(task("awsvpc"), service({ networkConfiguration: { securityGroups: ["sg-1"] } })),
    violates(service({ taskDefinition: "web:1", launchType: "FARGATE" })),
    violates(
      service({
        taskDefinition: "web:1",
        capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }],
      }),
    ),
    violates(task("awsvpc"), timer({})),
    violates(
      task("awsvpc"),
      resource("aws:scheduler/schedule:Schedule", {
        target: { ecsParameters: { taskDefinitionArn: { ref: "td.arn" } } },
      }),
    ),
  ],
  missing: [passes(task(undefined), service({})), passes(service({ taskDefinition: undefined }))],
  unknown: [
    waits(task(unknown), service({})),
    waits(service({ taskDefinition: unknown })),
    waits(service({ taskDefinition: "web:1" })),
  ],
  wrongType: [
    violates(task("awsvpc"), service({ networkConfiguration: 7 })),
    passes(task(7), service({})),
  ],
};
