import { allowStatements } from "../../lib/check/policy-document";
import { forTypes, undecided, violation, type Report, type Rule } from "../../lib/rule";

/** Actions that know no resources, or harm nothing. */
const UNSCOPED =
  /^(ecr:GetAuthorizationToken|ssmmessages:|xray:Put|cloudwatch:PutMetricData|logs:Create|logs:Put|logs:Describe|ec2:(Describe|CreateNetworkInterface|DeleteNetworkInterface|AssignPrivateIpAddresses|UnassignPrivateIpAddresses)|sts:GetCallerIdentity|[\w-]+:(Describe|List|Get|Search|View|Lookup|BatchGet))/i;

export const rule: Rule = {
  id: "iam-service-wildcard",
  title: "Policies name the actions and resources they are about",
  severity: "medium",
  category: "iam-wildcard",
  profile: "strict",
  why: "With a whole service, or every resource of it, one workload can change what belongs to others.",
  fix: { aws: "Write the single actions, and the ARNs of the resources they are for." },
  controls: { nist: ["AC-6"], cis: ["5.4", "6.8"] },
  check: forTypes(
    [
      "aws:iam/policy:Policy",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/userPolicy:UserPolicy",
      "aws:iam/groupPolicy:GroupPolicy",
    ],
    (resource) => {
      const { statements, unknown } = allowStatements(resource.at("policy"));
      const found = statements
        .filter(({ inverted }) => !inverted)
        .flatMap(({ actions, resources }): Report[] => {
          const everywhere = resources.some((item) => item.text === "*");
          const wide = actions.find((action) => {
            const name = action.text ?? "";
            if (name === "*" || name === "*:*") return false;
            return /^[\w-]+:\*$/.test(name) || (everywhere && name !== "" && !UNSCOPED.test(name));
          });
          return wide === undefined
            ? []
            : [violation(wide, `${wide.text} is wider than one workload needs`)];
        });
      return [...found, ...unknown.map(undecided)];
    },
  ),
};
