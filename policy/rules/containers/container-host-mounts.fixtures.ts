import { passes, resource, unknown, type Fixtures } from "../../lib/fixture";

const docker = (props: object) => resource("docker:index/container:Container", props);
const task = (...volumes: object[]) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", { volumes });
const swarm = (mount: object) =>
  resource("docker:index/service:Service", { taskSpec: { containerSpec: { mounts: [mount] } } });

export const fixtures: Fixtures = {
  good: [
    docker({ volumes: [{ volumeName: "data", containerPath: "/data" }] }),
    docker({ volumes: [{ hostPath: "/srv/app/data", containerPath: "/data" }] }),
    docker({ mounts: [{ type: "volume", source: "data", target: "/data" }] }),
    task({ name: "data", efsVolumeConfiguration: { fileSystemId: unknown } }),
  ],
  bad: [
    docker({
      volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/x", readOnly: true }],
    }),
    docker({ mounts: [{ type: "bind", source: "/run/containerd/containerd.sock", target: "/x" }] }),
    docker({ volumes: [{ hostPath: "/var/../", containerPath: "/host" }] }),
    task({ name: "sock", hostPath: "/var/run/docker.sock" }),
    swarm({ type: "bind", source: "/etc/", target: "/host" }),
  ],
  missing: [
    passes(docker({})),
    passes(task()),
    passes(docker({ volumes: [{ containerPath: "/data" }] })),
  ],
  unknown: [
    docker({ volumes: [{ hostPath: unknown, containerPath: "/x" }] }),
    docker({ mounts: unknown }),
  ],
  wrongType: [
    passes(docker({ volumes: "/var/run/docker.sock:/x" })),
    passes(task({ hostPath: 7 })),
  ],
};
