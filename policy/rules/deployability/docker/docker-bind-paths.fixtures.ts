import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const container = (props: object) => resource("docker:index/container:Container", props);
const volume = (props: object) => container({ volumes: [{ containerPath: "/data", ...props }] });
const upload = (props: object) => container({ uploads: [{ file: "/etc/app.conf", ...props }] });

export const fixtures: Fixtures = {
  good: [
    volume({ volumeName: { ref: "v.name" } }),
    volume({ hostPath: "/srv/data" }),
    volume({ hostPath: "C:\\data" }),
    upload({ content: "a" }),
    upload({ content: unknown }),
    container({ mounts: [{ type: "volume", source: "data", target: "/data" }] }),
  ],
  bad: [
    volume({ hostPath: "./data" }),
    volume({ hostPath: "~/data" }),
    volume({ containerPath: "data", volumeName: "v" }),
    volume({ hostPath: "/srv/data", volumeName: "v" }),
    volume({ hostPath: { concat: ["data/", { ref: "a.id" }] } }),
    container({ mounts: [{ type: "bind", source: "data", target: "/data" }] }),
    upload({}),
    upload({ content: "a", source: "./app.conf" }),
  ],
  missing: [passes(container({}))],
  unknown: [volume({ hostPath: unknown })],
  wrongType: [passes(volume({ hostPath: 7 })), violates(upload({ content: null }))],
};
