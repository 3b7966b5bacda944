import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const container = (props: object) =>
  resource("docker:index/container:Container", { image: "acme/web:1", ...props });
const socket = (more: object = {}) => ({
  volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/var/run/docker.sock", ...more }],
});

export const fixtures: Fixtures = {
  good: [
    container({ capabilities: { adds: ["NET_BIND_SERVICE"], drops: ["ALL"] } }),
    container({ image: "traefik:3", ...socket({ readOnly: true }) }),
    container({
      pidMode: "container:a",
      volumes: [{ hostPath: "/srv/docker", containerPath: "/d" }],
    }),
  ],
  bad: [
    container(socket()),
    container(socket({ readOnly: true })),
    container({ image: "traefik:3", ...socket() }),
    container({
      mounts: [{ type: "bind", source: "/run/docker.sock", target: "/run/docker.sock" }],
    }),
    container({ privileged: true }),
    container({ pidMode: "host" }),
    container({ ipcMode: "host" }),
    container({ capabilities: { adds: ["CAP_SYS_ADMIN"] } }),
  ],
  missing: [passes(container({}))],
  unknown: [container({ privileged: unknown }), container({ capabilities: { adds: [unknown] } })],
  wrongType: [passes(container({ privileged: "yes", capabilities: "all" }))],
};
