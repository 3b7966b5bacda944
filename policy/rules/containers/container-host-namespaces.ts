import { mustNotBeOneOf, mustNotBeTrue } from "../../lib/check/simple";
import type { Check, Rule } from "../../lib/rule";

const NAMESPACES = ["networkMode", "pidMode", "ipcMode", "usernsMode", "utsMode"];

const hostModes: Check = (resource) =>
  NAMESPACES.flatMap((path) =>
    mustNotBeOneOf(
      resource.at(path),
      ["host"],
      `the container shares the host's ${path.replace("Mode", "")} namespace`,
    ),
  );

export const rule: Rule = {
  id: "container-host-namespaces",
  title: "Containers share no namespace with the host",
  severity: "high",
  category: "privileged-container",
  profile: "baseline",
  why: "In the host's namespaces a container sees and reaches the host's processes, sockets and memory.",
  fix: {
    aws: 'Use networkMode "awsvpc" and leave pidMode and ipcMode unset.',
    docker: "Put the container on a network of its own and remove the host modes.",
  },
  controls: { nist: ["SC-39", "CA-9(1)", "CM-7"], cis: ["4.1"] },
  check: {
    "aws:ecs/taskDefinition:TaskDefinition": hostModes,
    "docker:index/container:Container": hostModes,
    "docker:index/service:Service": (resource) =>
      resource
        .at("taskSpec.networksAdvanceds")
        .items.flatMap((network) =>
          mustNotBeOneOf(
            network.at("name"),
            ["host"],
            "the service shares the host's network namespace",
          ).filter((report) => report.verdict === "violation"),
        ),
    "aws:batch/jobDefinition:JobDefinition": (resource) => {
      const pod = resource.at("eksProperties.podProperties");
      return mustNotBeTrue(pod.at("hostNetwork"), "the job shares the host's network namespace");
    },
  },
};
