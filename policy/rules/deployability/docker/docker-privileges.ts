import { imageParts } from "../../../lib/deployability/docker/containers";
import { CONTAINER } from "../../../lib/deployability/docker/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

/** Programs whose purpose is to read labels of containers from the socket. */
const READERS = /^(nginx-proxy|traefik|docker-socket-proxy|docker-gen|cadvisor|acme-companion)$/;
const POWERS = /^(CAP_)?(SYS_ADMIN|ALL|SYS_MODULE|SYS_PTRACE|DAC_READ_SEARCH)$/i;

export const rule = deployability({
  id: "docker-privileges",
  title: "No container is root of its host",
  fails: {
    when: "runtime",
    effect: "insecure",
    answer: "it works, and a bug in the program owns the host.",
  },
  fix: "Drop the docker socket (a label-driven proxy gets it read-only, better through a socket proxy), privileged, the host's process and IPC namespaces, and SYS_ADMIN.",
  source: "https://docs.docker.com/engine/security/",
  check: {
    [CONTAINER]: (container): Report[] => [
      ...checkSocket(container),
      ...checkFlag(
        container.at("privileged"),
        (value) => value.boolean === true,
        "it is privileged",
      ),
      ...checkFlag(
        container.at("pidMode"),
        (value) => value.isWord("host"),
        "it sees the host's processes",
      ),
      ...checkFlag(
        container.at("ipcMode"),
        (value) => value.isWord("host"),
        "it shares the host's memory",
      ),
      ...container
        .at("capabilities.adds")
        .each.flatMap((value) =>
          checkFlag(value, ({ text }) => POWERS.test(text ?? ""), `it has ${value.text ?? ""}`),
        ),
    ],
  },
});

function checkFlag(value: Value, isWrong: (value: Value) => boolean, message: string): Report[] {
  if (value.unknown) return [undecided(value)];
  return isWrong(value) ? [violation(value, message)] : [];
}

function checkSocket(container: Resource): Report[] {
  const volumes = container.at("volumes").items.map((at) => ({ at, source: at.at("hostPath") }));
  const mounts = container.at("mounts").items.map((at) => ({ at, source: at.at("source") }));
  const isReader = READERS.test(imageParts(container.at("image").text ?? "").name);
  return [...volumes, ...mounts]
    .filter(({ source }) => /(^|\/)(docker|containerd|podman)\.sock$/.test(source.text ?? ""))
    .filter(({ at }) => !(isReader && at.at("readOnly").boolean === true))
    .map(({ source }) => violation(source, `${source.text} is mounted into it`));
}
