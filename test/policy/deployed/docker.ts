import type { Spoils } from "./row";
import { appended, Change } from "./spoil";

const runs = ({ start }: Record<string, unknown>): boolean => start !== false;

const isNamed =
  (pattern: RegExp) =>
  ({ name }: Record<string, unknown>): boolean =>
    pattern.test(String(name));
/** The network of the model server and its gateway, too, whatever the stack calls it. */
const besideModels = new Change((old) => {
  const networks = old as { name: string }[];
  const [own = { name: "" }] = networks;
  return [...networks, { name: own.name.replace(/redis.*$/, "ollama-callers") }];
});

/** What deployed resources of a Docker host can lose. */
export const DOCKER: Spoils = {
  properties: {
    "docker:index/container:Container": [
      ["user", "root", "container-non-root"],
      ["user", "0", "container-non-root"],
      ["user", "0:1000", "container-non-root"],
      ["privileged", true, "container-privileged"],
      ["readOnly", false, "container-read-only-root", runs],
      ["securityOpts", [], "container-no-new-privileges"],
      ["securityOpts", appended("seccomp=unconfined"), "container-security-options"],
      ["capabilities", { adds: ["CAP_SYS_ADMIN"] }, "container-capabilities"],
      ["networkMode", "host", "container-host-namespaces"],
      [
        "volumes",
        appended({ hostPath: "/var/run/docker.sock", containerPath: "/s" }),
        "container-host-mounts",
      ],
      ["volumes", appended({ hostPath: "/", containerPath: "/host" }), "container-host-mounts"],
      ["envs", appended("API_TOKEN=abcdef0123456789"), "secret-in-environment"],
      ["image", "acme/web:latest", "image-pinned"],
      ["ports", appended({ internal: 5432, external: 5432 }), "store-port-published"],
      ["ports", appended({ internal: 22, external: 2222 }), "admin-port-world"],
      ["ports", appended({ internal: 8081, external: 8081, ip: "0.0.0.0" }), "docker-port-world"],
      ["networkMode", "host", "model-server-private", isNamed(/-ollama(-\d+)?$/)],
      ["networksAdvanced", besideModels, "model-server-private", isNamed(/^neuronetz-redis/)],
      ["command", ["serve", "--password", "hunter22"], "secret-in-plain-property"],
    ],
    "docker:index/remoteImage:RemoteImage": [
      ["name", "registry.example.com/web:latest", "image-pinned"],
    ],
    "docker:index/image:Image": [
      [
        "build.args.NPM_TOKEN",
        "npm_abcdefghijklmnopqrstuvwxyz0123456789",
        "secret-in-plain-property",
      ],
    ],
  },
  missing: {},
};
