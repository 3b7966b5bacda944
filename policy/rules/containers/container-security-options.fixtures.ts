import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const docker = (securityOpts: unknown) =>
  resource("docker:index/container:Container", { securityOpts });

export const fixtures: Fixtures = {
  good: [docker(["no-new-privileges:true"]), docker(["seccomp=/etc/profile.json"])],
  bad: [
    docker(["seccomp=unconfined"]),
    docker(["apparmor:unconfined"]),
    docker(["label=disable"]),
    resource("aws:ecs/taskDefinition:TaskDefinition", {
      containerDefinitions: JSON.stringify([
        { name: "x", dockerSecurityOptions: ["seccomp:unconfined"] },
      ]),
    }),
  ],
  missing: [passes(docker(undefined))],
  unknown: [docker([unknown]), docker(unknown)],
  wrongType: [passes(docker({ seccomp: "unconfined" }))],
};
