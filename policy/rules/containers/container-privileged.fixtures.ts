import { passes, resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const task = (...containers: object[]) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify(containers),
  });
const docker = (props: object) => resource("docker:index/container:Container", props);
const group = (securityContext: unknown) =>
  resource("azure-native:containerinstance:ContainerGroup", {
    containers: [{ name: "web", securityContext }],
  });

export const fixtures: Fixtures = {
  good: [
    task({ name: "web", privileged: false }),
    docker({ privileged: false }),
    group({ privileged: false }),
  ],
  bad: [
    task({ name: "web" }, { name: "agent", privileged: true }),
    task({ Name: "web", Privileged: true }),
    docker({ privileged: true }),
    group({ privileged: true }),
  ],
  missing: [passes(task({ name: "web" })), passes(docker({})), passes(group(undefined))],
  unknown: [
    docker({ privileged: unknown }),
    resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: unknown }),
  ],
  wrongType: [violates(docker({ privileged: "true" })), passes(docker({ privileged: [] }))],
};
