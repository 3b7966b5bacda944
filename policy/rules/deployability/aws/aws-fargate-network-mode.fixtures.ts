import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const task = (props: object) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    ...props,
  });

export const fixtures: Fixtures = {
  good: [
    task({}),
    task({ cpu: unknown }),
    task({ requiresCompatibilities: ["EC2"], networkMode: "bridge", cpu: undefined }),
  ],
  bad: [
    task({ networkMode: "bridge" }),
    task({ networkMode: "host" }),
    task({ cpu: undefined }),
    task({ memory: null }),
    task({ requiresCompatibilities: ["EC2", "FARGATE"], networkMode: "bridge" }),
  ],
  missing: [
    violates(task({ networkMode: undefined })),
    passes(task({ requiresCompatibilities: undefined, networkMode: undefined })),
  ],
  unknown: [task({ networkMode: unknown }), task({ requiresCompatibilities: unknown })],
  wrongType: [violates(task({ networkMode: 7 })), passes(task({ requiresCompatibilities: 7 }))],
};
