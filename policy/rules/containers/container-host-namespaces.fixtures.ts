import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const task = (props: object) => resource("aws:ecs/taskDefinition:TaskDefinition", props);
const docker = (props: object) => resource("docker:index/container:Container", props);

export const fixtures: Fixtures = {
  good: [task({ networkMode: "awsvpc", pidMode: "task" }), docker({ networkMode: "bridge" })],
  bad: [
    task({ networkMode: "host" }),
    task({ networkMode: "awsvpc", pidMode: "host" }),
    docker({ networkMode: "host" }),
    docker({ ipcMode: "host" }),
    docker({ usernsMode: "host" }),
  ],
  missing: [passes(task({})), passes(docker({}))],
  unknown: [docker({ networkMode: unknown })],
  wrongType: [passes(docker({ networkMode: { host: true } }))],
};
