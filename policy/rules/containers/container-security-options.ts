import { mustNotBeOneOf } from "../../lib/check/simple";
import { undecided, violation, type Check, type Rule } from "../../lib/rule";
import type { Value } from "../../lib/value/value";

const OFF = /^(seccomp|apparmor|systempaths|label)[=:](unconfined|disable)$/i;

const options =
  (list: (resource: Parameters<Check>[0]) => Value): Check =>
  (resource) =>
    list(resource).each.flatMap((option) => {
      if (option.unknown) return [undecided(option)];
      return OFF.test(option.text?.trim() ?? "")
        ? [violation(option, `the runtime's protection is switched off (${option.text})`)]
        : [];
    });

export const rule: Rule = {
  id: "container-security-options",
  title: "The runtime's protections stay on",
  severity: "high",
  category: "privileged-container",
  profile: "baseline",
  why: "Without seccomp, AppArmor or SELinux every system call of the kernel is there to be tried.",
  fix: {
    aws: "Remove the option from dockerSecurityOptions.",
    docker: "Remove the option from securityOpts, or name a profile of your own.",
  },
  controls: { nist: ["SC-39", "CM-7"], cis: ["4.1"] },
  check: {
    "docker:index/container:Container": options((resource) => resource.at("securityOpts")),
    "docker:index/service:Service": (resource) =>
      mustNotBeOneOf(
        resource.at("taskSpec.containerSpec.privileges.seLinuxContext.disable"),
        ["true"],
        "SELinux is switched off for the service",
      ),
    "aws:ecs/taskDefinition:TaskDefinition": (resource, context) =>
      resource
        .at("containerDefinitions")
        .document.items.flatMap((container) =>
          options(() => container.at("dockerSecurityOptions"))(resource, context),
        ),
  },
};
