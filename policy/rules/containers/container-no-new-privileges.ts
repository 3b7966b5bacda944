import { undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "container-no-new-privileges",
  title: "Processes in containers cannot gain privileges",
  severity: "medium",
  category: "privileged-container",
  profile: "strict",
  why: "One setuid program left in an image makes root of any user.",
  fix: { docker: 'Add "no-new-privileges:true" to securityOpts.' },
  controls: { nist: ["AC-6(10)"], cis: ["4.1"] },
  check: {
    "docker:index/container:Container": (resource) => {
      const options = resource.at("securityOpts");
      if (options.unknown) return [undecided(options)];
      const set = options.each.some((option) =>
        /^no-new-privileges([:=]true)?$/i.test(option.text?.trim() ?? ""),
      );
      if (set) return [];
      const open = options.each.find((option) => option.unknown);
      return open === undefined
        ? [violation(options, "programs with the setuid bit may become root")]
        : [undecided(open)];
    },
  },
};
