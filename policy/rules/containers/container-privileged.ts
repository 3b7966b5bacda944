import { containersOf, PRIVILEGE_TYPES } from "../../lib/containers/containers";
import { mustNotBeTrue } from "../../lib/check/simple";
import { forTypes, undecided, type Rule } from "../../lib/rule";

/** Where targets keep the switch. */
const SWITCHES = ["privileged", "securityContext.privileged", "security.privilegeEnabled"];

export const rule: Rule = {
  id: "container-privileged",
  title: "No container is privileged",
  severity: "critical",
  category: "privileged-container",
  profile: "baseline",
  why: "A privileged container owns the host: its devices, its kernel and every other container on it.",
  fix: {
    aws: "Remove privileged from the container definition and run on Fargate.",
    azure: "Remove securityContext.privileged.",
    docker: "Remove privileged; give the one capability that is needed with capabilities.adds.",
  },
  controls: { nist: ["AC-6", "AC-3", "CM-7"], cis: ["4.1", "5.4"] },
  check: forTypes(PRIVILEGE_TYPES, (resource) => {
    const { containers, unknown } = containersOf(resource);
    return [
      ...unknown.map(undecided),
      ...containers.flatMap(({ at, label }) =>
        SWITCHES.flatMap((path) => mustNotBeTrue(at.at(path), `container ${label} is privileged`)),
      ),
    ];
  }),
};
