import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = (name?: string) => resource("aws:cloudwatch/logGroup:LogGroup", { name }, "g");
const region = { "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" };
const task = (options: unknown, more: object = {}, dependsOn: string[] = []) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: {
        json: [{ name: "web", logConfiguration: { logDriver: "awslogs", options } }],
      },
      ...more,
    },
    "td",
    { opts: { dependsOn } },
  );
const referred = { ...region, "awslogs-group": { ref: "g.name" } };
const named = { ...region, "awslogs-group": "/ecs/web" };

export const fixtures: Fixtures = {
  good: [
    passes(group(), task(referred)),
    passes(group("/ecs/web"), task(named, {}, ["g"])),
    passes(
      group("/ecs/web"),
      task(named),
      resource("aws:ecs/service:Service", { taskDefinition: { ref: "td.arn" } }, "s", {
        opts: { dependsOn: ["g"] },
      }),
    ),
    passes(task({ ...named, "awslogs-create-group": "true" })),
    passes(
      group(),
      task({ "awslogs-group": { ref: "g.name" } }, { requiresCompatibilities: ["EC2"] }),
    ),
    passes(task(named, { containerDefinitions: JSON.stringify([{ name: "web" }]) })),
  ],
  bad: [
    violates(task(named)),
    violates(group("/ecs/api"), task(named)),
    violates(group("/ecs/web"), task(named)),
    violates(group(), task({ "awslogs-group": { ref: "g.name" }, "awslogs-region": "eu-west-1" })),
    violates(group(), task({ "awslogs-group": { ref: "g.name" }, "awslogs-stream-prefix": "web" })),
  ],
  missing: [violates(task(region)), violates(task(undefined))],
  unknown: [
    waits(task(named, { containerDefinitions: unknown })),
    waits(task({ ...region, "awslogs-group": unknown })),
    waits(task(unknown)),
  ],
  wrongType: [passes(task(named, { containerDefinitions: 7 }))],
};
