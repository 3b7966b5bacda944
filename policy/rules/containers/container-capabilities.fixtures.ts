import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const task = (add: unknown) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify([
      { name: "web", linuxParameters: { capabilities: { add } } },
    ]),
  });
const docker = (adds: unknown) =>
  resource("docker:index/container:Container", { capabilities: { adds } });
const swarm = (capAdds: unknown) =>
  resource("docker:index/service:Service", {
    taskSpec: { containerSpec: { image: "acme/web:1", capAdds } },
  });

export const fixtures: Fixtures = {
  good: [task(["NET_BIND_SERVICE"]), docker(["CAP_CHOWN"])],
  bad: [task(["SYS_ADMIN"]), docker(["CAP_SYS_ADMIN"]), docker(["net_admin"]), swarm(["ALL"])],
  missing: [passes(docker(undefined)), passes(task(undefined))],
  unknown: [docker(unknown), docker([unknown])],
  wrongType: [passes(docker(7)), passes(docker([{}]))],
};
