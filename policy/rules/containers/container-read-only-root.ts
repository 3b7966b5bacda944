import { containersOf } from "../../lib/containers/containers";
import { mustBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, type Rule } from "../../lib/rule";

const CONTAINER = "docker:index/container:Container";
const WITH_SWITCH: Readonly<Record<string, string>> = {
  "aws:ecs/taskDefinition:TaskDefinition": "readonlyRootFilesystem",
  "aws:batch/jobDefinition:JobDefinition": "readonlyRootFilesystem",
  [CONTAINER]: "readOnly",
  "docker:index/service:Service": "readOnly",
};

export const rule: Rule = {
  id: "container-read-only-root",
  title: "Containers cannot write to their own file system",
  severity: "medium",
  category: "privileged-container",
  profile: "strict",
  why: "An intruder who can write nowhere cannot bring tools along or change what runs next.",
  fix: {
    aws: "Set readonlyRootFilesystem to true and mount volumes where the program writes.",
    docker: "Set readOnly to true and mount tmpfs or volumes where the program writes.",
  },
  controls: { nist: ["AC-6", "CM-5", "SI-7"], cis: ["4.1"] },
  check: forTypes(Object.keys(WITH_SWITCH), (resource) => {
    // A container that is only created, to fill a volume through it, runs nothing.
    if (resource.type === CONTAINER && resource.at("start").boolean === false) return [];
    const { containers, unknown } = containersOf(resource);
    const path = WITH_SWITCH[resource.type] ?? "";
    return [
      ...unknown.map(undecided),
      ...containers.flatMap(({ at, label }) =>
        mustBeTrue(at.at(path), `container ${label} can write to its root`),
      ),
    ];
  }),
};
