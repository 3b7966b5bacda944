import { allowStatements, isForAnybody } from "../../lib/check/policy-document";
import { undecided, violation, type Report, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "iam-trust-anybody",
  title: "Roles can be taken by named principals only",
  severity: "critical",
  category: "iam-wildcard",
  profile: "baseline",
  why: "A role that trusts everybody, or every repository of a build service, belongs to whoever asks first.",
  fix: {
    aws: "Name the service, account or role in Principal; for GitHub, the repository and the branch in the sub condition.",
  },
  controls: { nist: ["AC-3", "AC-6", "IA-2"], cis: ["5.4", "6.8"] },
  check: {
    "aws:iam/role:Role": (resource) => {
      const { statements, unknown } = allowStatements(resource.at("assumeRolePolicy"));
      const found = statements.flatMap((statement): Report[] => {
        const anybody = isForAnybody(statement);
        if (anybody !== undefined) return [violation(anybody, "anybody may take the role")];
        const github = statement.principals.find((item) =>
          /token\.actions\.githubusercontent\.com/.test(item.text ?? ""),
        );
        if (github === undefined) return [];
        const subjects = statement.condition.entries
          .flatMap(([, keys]) => keys.entries)
          .filter(([key]) =>
            /githubusercontent\.com:(sub|repository|job_workflow_ref|repository_owner)$/i.test(key),
          )
          .flatMap(([, value]) => value.each);
        const wide = subjects.find((item) => /^(\*|repo:\*)/.test(item.text ?? ""));
        if (subjects.length === 0 && !statement.condition.unknown) {
          return [violation(github, "every repository on GitHub may take the role")];
        }
        return wide === undefined
          ? []
          : [violation(wide, "repositories of anybody may take the role")];
      });
      return [...found, ...unknown.map(undecided)];
    },
  },
};
