import {
  given,
  passes,
  resource,
  unknown,
  violates,
  waits,
  type Fixtures,
} from "../../lib/fixture";

const task = (...containers: object[]) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify(containers),
  });
const web = { name: "web", image: "registry.example.com/web:1" };
const group = (user: unknown) =>
  resource("azure-native:containerinstance:ContainerGroup", {
    containers: [{ name: "web", image: web.image, securityContext: { runAsUser: 1000 } }],
    initContainers: [{ name: "init", image: web.image, securityContext: { runAsUser: user } }],
  });
const app = (image: unknown) =>
  resource("azure-native:app:ContainerApp", { template: { containers: [{ name: "web", image }] } });
const docker = (props: object) =>
  resource("docker:index/container:Container", { image: web.image, ...props });
const swarm = (user: unknown) =>
  resource("docker:index/service:Service", {
    taskSpec: { containerSpec: { image: web.image, user } },
  });

export const fixtures: Fixtures = {
  good: [
    task({ ...web, user: "10001:10001" }),
    task({ ...web, User: "app" }),
    group(1000),
    docker({ user: "10001" }),
    swarm("app:app"),
    given({ imageUsers: { "registry.example.com/*": "10001" } }, passes(app(web.image))),
    app("gcr.io/distroless/nodejs22-debian12:nonroot"),
  ],
  bad: [
    task({ ...web, user: "root" }),
    task({ ...web, user: "10001" }, { name: "sidecar", image: "x:1", user: "0:10001" }),
    task({ ...web, image: "nginx:1.27" }),
    resource("aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: { json: [{ name: "web", image: { ref: "repo.url" }, user: "00" }] },
    }),
    group(0),
    docker({ user: "root:root" }),
    swarm("0"),
    given({ imageUsers: { "registry.example.com/*": "" } }, violates(app(web.image))),
  ],
  missing: [
    waits(task(web)),
    waits(docker({})),
    passes(resource("docker:index/service:Service", {})),
  ],
  unknown: [
    task({ ...web, user: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, { ...web, user: "1" }),
    resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: unknown }),
    docker({ user: unknown }),
    app(unknown),
  ],
  wrongType: [
    violates(docker({ user: 0 })),
    passes(resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: "not json" })),
    passes(resource("azure-native:app:ContainerApp", { template: ["x"] })),
  ],
};
