import { undecided, violation, type Check, type Report, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

/** Sockets of container runtimes; whoever may write to one starts privileged containers. */
const SOCKETS = /(^|\/)(docker|containerd|podman|crio|cri-dockerd)\.sock$/;

/** Folders that hold the host's secrets, its runtime or its configuration. */
const SENSITIVE = [
  "/",
  "/etc",
  "/root",
  "/home",
  "/proc",
  "/sys",
  "/dev",
  "/boot",
  "/run",
  "/var",
  "/var/run",
  "/usr",
  "/lib",
  "/var/lib",
  "/var/lib/docker",
  "/var/lib/containerd",
  "/var/lib/kubelet",
];

function checkPath(path: Value): Report[] {
  if (path.unknown) return [undecided(path)];
  const text = path.text?.trim();
  if (text === undefined || !text.startsWith("/")) return [];
  const plain = normalise(text);
  if (SOCKETS.test(plain))
    return [violation(path, `the container runtime's socket ${plain} is mounted`)];
  return SENSITIVE.includes(plain) ? [violation(path, `the host's ${plain} is mounted`)] : [];
}

/** `/var//run/../run/` and `/var/run` are one folder. */
function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const bindMounts = (list: Value): Report[] =>
  list.each.flatMap((mount) => {
    if (mount.unknown) return [undecided(mount)];
    const isBind = mount.at("type").absent || mount.at("type").isWord("bind");
    return isBind ? checkPath(mount.at("source")) : [];
  });

const taskVolumes: Check = (resource) =>
  resource
    .at("volumes")
    .each.flatMap((volume) =>
      volume.unknown
        ? [undecided(volume)]
        : checkPath(
            volume.at("hostPath").present ? volume.at("hostPath") : volume.at("host.sourcePath"),
          ),
    );

export const rule: Rule = {
  id: "container-host-mounts",
  title: "Containers mount neither the runtime's socket nor the host's own folders",
  severity: "critical",
  category: "privileged-container",
  profile: "baseline",
  why: "With the runtime's socket a container starts privileged ones; read-only changes nothing about a socket.",
  fix: {
    aws: "Use an EFS or task volume instead of hostPath.",
    docker:
      "Use a named volume; put a filtering proxy before the socket where a tool must read it.",
  },
  controls: { nist: ["AC-6", "SC-39", "CM-7"], cis: ["4.1", "5.4"] },
  check: {
    "aws:ecs/taskDefinition:TaskDefinition": taskVolumes,
    "aws:batch/jobDefinition:JobDefinition": (resource) =>
      resource
        .at("containerProperties")
        .document.at("volumes")
        .items.flatMap((volume) => checkPath(volume.at("host.sourcePath"))),
    "docker:index/container:Container": (resource) => [
      ...resource
        .at("volumes")
        .each.flatMap((volume) =>
          volume.unknown ? [undecided(volume)] : checkPath(volume.at("hostPath")),
        ),
      ...bindMounts(resource.at("mounts")),
    ],
    "docker:index/service:Service": (resource) =>
      bindMounts(resource.at("taskSpec.containerSpec.mounts")),
  },
};
