import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const task = (container: object, more: object = {}) =>
  resource(
    "aws:ecs/taskDefinition:TaskDefinition",
    { networkMode: "awsvpc", containerDefinitions: JSON.stringify([container]), ...more },
    "td",
  );
const web = { name: "web", portMappings: [{ containerPort: 8080 }] };
const service = (entry: object, more: object = {}) =>
  resource(
    "aws:ecs/service:Service",
    {
      taskDefinition: { ref: "td.arn" },
      loadBalancers: [
        { targetGroupArn: "arn:x", containerName: "web", containerPort: 8080, ...entry },
      ],
      ...more,
    },
    "svc",
  );

export const fixtures: Fixtures = {
  good: [
    passes(task(web), service({})),
    passes(task(web), service({ containerPort: "8080" })),
    passes(task({ ...web, portMappings: [{ containerPort: 8080, hostPort: 8080 }] }), service({})),
    passes(
      task(
        { ...web, portMappings: [{ containerPort: 8080, hostPort: 80 }] },
        { networkMode: "bridge" },
      ),
      service({}),
    ),
    passes(task({ ...web, portMappings: [{ containerPortRange: "8000-8100" }] }), service({})),
    passes(task({ ...web, environment: [{ name: "PORT", value: "8080" }] }), service({})),
  ],
  bad: [
    violates(task(web), service({ containerPort: 80 })),
    violates(task(web), service({ containerName: "api" })),
    violates(task({ name: "web" }), service({})),
    violates(task({ ...web, portMappings: [{ containerPort: 8080, hostPort: 80 }] })),
    violates(
      task({
        Name: "web",
        PortMappings: [{ ContainerPort: 80 }],
        ...{ portMappings: [{ containerPort: 80 }] },
      }),
      service({}),
    ),
    violates(task({ ...web, environment: [{ name: "PORT", value: "3000" }] }), service({})),
  ],
  missing: [
    passes(task(web), service({}, { loadBalancers: undefined })),
    passes(task(web), service({ containerName: undefined })),
  ],
  unknown: [
    waits(task(web, { containerDefinitions: unknown }), service({})),
    waits(task(web), service({ containerPort: unknown })),
    waits(task(web), service({}, { taskDefinition: "web:3" })),
  ],
  wrongType: [
    passes(task(web), service({}, { loadBalancers: 7 })),
    passes(task(web, { containerDefinitions: "no json" }), service({})),
  ],
};
