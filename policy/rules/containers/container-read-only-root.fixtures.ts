import { resource, unknown, violates, type Fixtures } from "../../lib/fixture";

const docker = (props: object) => resource("docker:index/container:Container", props);
const task = (container: object) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: JSON.stringify([container]),
  });

export const fixtures: Fixtures = {
  good: [
    docker({ readOnly: true }),
    docker({ start: false, readOnly: false }),
    task({ name: "web", readonlyRootFilesystem: true }),
  ],
  bad: [docker({ readOnly: false }), task({ name: "web", readonlyRootFilesystem: false })],
  missing: [violates(docker({})), violates(task({ name: "web" }))],
  unknown: [docker({ readOnly: unknown })],
  wrongType: [violates(docker({ readOnly: {} }))],
};
