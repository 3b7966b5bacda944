import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = (props: object = {}) =>
  resource("aws:lb/targetGroup:TargetGroup", { port: 80, ...props }, "tg");
const task = (networkMode: unknown) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", { networkMode }, "td");
const service = (props: object = {}) =>
  resource(
    "aws:ecs/service:Service",
    {
      taskDefinition: { ref: "td.arn" },
      loadBalancers: [
        { targetGroupArn: { ref: "tg.arn" }, containerName: "web", containerPort: 80 },
      ],
      ...props,
    },
    "svc",
  );

export const fixtures: Fixtures = {
  good: [
    passes(group({ targetType: "ip" }), task("awsvpc"), service()),
    passes(group(), task("bridge"), service()),
    passes(group(), task("awsvpc"), service({ loadBalancers: [] })),
  ],
  bad: [
    violates(group(), task("awsvpc"), service()),
    violates(group({ targetType: "instance" }), task("awsvpc"), service()),
    violates({ ...group(), type: "aws:alb/targetGroup:TargetGroup" }, task("awsvpc"), service()),
    violates(group(), service({ taskDefinition: "web:3", launchType: "FARGATE" })),
  ],
  missing: [
    passes(group(), task("awsvpc"), service({ loadBalancers: undefined })),
    passes(group(), task(undefined), service()),
  ],
  unknown: [
    waits(group({ targetType: unknown }), task("awsvpc"), service()),
    waits(group(), task(unknown), service()),
    waits(
      task("awsvpc"),
      service({
        loadBalancers: [
          { targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/a/1" },
        ],
      }),
    ),
    waits(group(), task("awsvpc"), service({ loadBalancers: unknown })),
  ],
  wrongType: [
    violates(group({ targetType: 7 }), task("awsvpc"), service()),
    passes(group(), task("awsvpc"), service({ loadBalancers: 7 })),
  ],
};
