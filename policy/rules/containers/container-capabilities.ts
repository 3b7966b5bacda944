import { containersOf, PRIVILEGE_TYPES } from "../../lib/containers/containers";
import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

/** Where targets list added capabilities. */
const LISTS = [
  "linuxParameters.capabilities.add",
  "capabilities.adds",
  "capAdds",
  "securityContext.capabilities.add",
];

/** What lets a process leave its container, load code into the kernel, or see and shape others' traffic. */
const DANGEROUS = new Set([
  "ALL",
  "SYS_ADMIN",
  "SYS_MODULE",
  "SYS_PTRACE",
  "SYS_RAWIO",
  "SYS_BOOT",
  "SYS_TIME",
  "NET_ADMIN",
  "NET_RAW",
  "DAC_READ_SEARCH",
  "DAC_OVERRIDE",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "SYSLOG",
  "BPF",
  "PERFMON",
  "AUDIT_CONTROL",
]);

export const rule: Rule = {
  id: "container-capabilities",
  title: "No container is given a capability that reaches beyond it",
  severity: "high",
  category: "privileged-container",
  profile: "baseline",
  why: "Capabilities such as SYS_ADMIN are root by another name: they open ways out of the container.",
  fix: {
    aws: "Remove the capability from linuxParameters.capabilities.add.",
    azure: "Remove the capability from securityContext.capabilities.add.",
    docker: 'Remove the capability, and drop the others (capabilities.drops: ["ALL"]).',
  },
  controls: { nist: ["AC-6", "CM-7"], cis: ["4.1", "5.4"] },
  check: forTypes(PRIVILEGE_TYPES, (resource) => {
    const { containers, unknown } = containersOf(resource);
    const capabilities = containers.flatMap(({ at, label }) =>
      LISTS.flatMap((path) => at.at(path).each.map((value) => ({ value, label }))),
    );
    return [
      ...unknown.map(undecided),
      ...capabilities.flatMap(({ value, label }) => {
        if (value.unknown) return [undecided(value)];
        const name = (value.text ?? "").trim().toUpperCase().replace(/^CAP_/, "");
        return DANGEROUS.has(name) ? [violation(value, `container ${label} is given ${name}`)] : [];
      }),
    ];
  }),
};
