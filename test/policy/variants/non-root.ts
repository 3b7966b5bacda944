import { R, type Variants } from "./variant";

const TD = (defs: unknown, o = {}) =>
  R("aws:ecs/taskDefinition:TaskDefinition", {
    family: "f",
    containerDefinitions: typeof defs === "string" ? defs : JSON.stringify(defs),
    ...o,
  });
const DC = (o: object) =>
  R("docker:index/container:Container", {
    image: "registry.example.com/app:1",
    user: "1000",
    ...o,
  });
const DS = (o: object) => R("docker:index/service:Service", o);

/** Containers that run as root, and those of which nothing says so. */
export const NON_ROOT: Variants = {
  violations: [
    ["td root", TD([{ name: "a", image: "x:1", user: "root" }])],
    ["td Root upper", TD([{ name: "a", image: "x:1", user: "ROOT" }])],
    ["td 0", TD([{ name: "a", image: "x:1", user: "0" }])],
    ["td number 0", TD([{ name: "a", image: "x:1", user: 0 }])],
    ["td 0:1000", TD([{ name: "a", image: "x:1", user: "0:1000" }])],
    ["td root:root", TD([{ name: "a", image: "x:1", user: "root:root" }])],
    ["td 00", TD([{ name: "a", image: "x:1", user: "00" }])],
    [
      "td sidecar root",
      TD([
        { name: "a", image: "x:1", user: "1000" },
        { name: "s", image: "y:1", user: "root" },
      ]),
    ],
    ["td User cased", TD([{ Name: "a", Image: "x:1", User: "root" }])],
    ["td unset nginx", TD([{ name: "a", image: "nginx:1.27" }])],
    [
      "td windows ContainerAdministrator",
      TD([{ name: "a", image: "x:1", user: "ContainerAdministrator" }]),
    ],
    ["td json with newlines", TD('[\n {"name":"a","image":"x:1","user":"root"}\n]')],
    [
      "td array not string",
      R("aws:ecs/taskDefinition:TaskDefinition", {
        containerDefinitions: [{ name: "a", image: "x:1", user: "root" }],
      }),
    ],
    ["docker root", DC({ user: "root" })],
    ["docker 0:0", DC({ user: "0:0" })],
    ["docker user empty", DC({ user: "", image: "alpine:3" })],
    ["swarm root", DS({ taskSpec: { containerSpec: { image: "x:1", user: "root" } } })],
    [
      "aci 0",
      R("azure-native:containerinstance:ContainerGroup", {
        containers: [{ name: "a", image: "x:1", securityContext: { runAsUser: 0 } }],
      }),
    ],
    [
      "aci init 0",
      R("azure-native:containerinstance:ContainerGroup", {
        containers: [{ name: "a", image: "x:1", securityContext: { runAsUser: 1000 } }],
        initContainers: [{ name: "i", image: "x:1", securityContext: { runAsUser: 0 } }],
      }),
    ],
    [
      "batch root",
      R("aws:batch/jobDefinition:JobDefinition", {
        containerProperties: JSON.stringify({ image: "x:1", user: "root" }),
      }),
    ],
    [
      "batch eks runAsUser 0",
      R("aws:batch/jobDefinition:JobDefinition", {
        eksProperties: {
          podProperties: { containers: { image: "x:1", securityContext: { runAsUser: 0 } } },
        },
      }),
    ],
    [
      "batch ecsProperties",
      R("aws:batch/jobDefinition:JobDefinition", {
        ecsProperties: JSON.stringify({
          taskProperties: [{ containers: [{ image: "x:1", user: "root" }] }],
        }),
      }),
    ],
    [
      "aci runAsUser str",
      R("azure-native:containerinstance:ContainerGroup", {
        containers: [{ name: "a", image: "x:1", securityContext: { runAsUser: "0" } }],
      }),
    ],
    [
      "td efs posixUser access point 0",
      R("aws:efs/accessPoint:AccessPoint", { posixUser: { uid: 0, gid: 0 } }),
    ],
  ],
  passes: [
    ["td 1000:0", TD([{ name: "a", image: "x:1", user: "1000:0" }])],
    ["td unset unknown image", TD([{ name: "a", image: "registry.example.com/x:1" }])],
    ["td nonroot distroless", TD([{ name: "a", image: "gcr.io/distroless/static:nonroot" }])],
    ["td windows ContainerUser", TD([{ name: "a", image: "x:1", user: "ContainerUser" }])],
    ["td user node", TD([{ name: "a", image: "node:22", user: "node" }])],
    ["docker unset unknown", DC({ user: undefined })],
    [
      "gcp cloud run unknown",
      R("gcp:cloudrunv2/service:Service", {
        template: { containers: [{ image: "us-docker.pkg.dev/p/r/x:1" }] },
      }),
    ],
  ],
};
