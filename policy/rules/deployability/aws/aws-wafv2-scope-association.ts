import { LOAD_BALANCER } from "../../../lib/deployability/aws/types";
import { about, targets } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";

const ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

export const rule = deployability({
  id: "aws-wafv2-scope-association",
  title: "A web ACL has the scope of what it protects, and rules of one kind of action",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "WAFInvalidParameterException: Error reason: The scope is not valid., field: SCOPE_VALUE",
  },
  fix: "Use scope REGIONAL for load balancers, attached by one WebAclAssociation, and CLOUDFRONT in us-east-1 for distributions; groups of rules take overrideAction, single rules action.",
  source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
  check: { [ACL]: (acl) => [...checkScope(acl), ...checkRules(acl)] },
  checkStack: {
    types: [ASSOCIATION],
    run: (graph) => {
      const seen = new Set<Resource>();
      return graph.ofType(ASSOCIATION).flatMap((association) => {
        const acls = targets(graph, association, [association.at("webAclArn")], ACL);
        const protects = targets(
          graph,
          association,
          [association.at("resourceArn")],
          LOAD_BALANCER,
        );
        const twice = protects.found.filter(({ resource }) => seen.has(resource));
        for (const { resource } of protects.found) seen.add(resource);
        return about(association, [
          ...acls.open,
          ...acls.found.flatMap(({ resource: acl, at }): Report[] => {
            const scope = acl.at("scope");
            if (scope.unknown) return [{ ...undecided(scope), path: at.path }];
            return scope.isWord("CLOUDFRONT")
              ? [
                  violation(
                    at,
                    `${acl.name} has scope CLOUDFRONT and cannot be attached to anything in a region`,
                  ),
                ]
              : [];
          }),
          ...twice.map(({ resource, at }) => ({
            ...violation(at, `${resource.name} is given a second web ACL`),
            answer: "The second association replaces the first, and each update undoes the other.",
          })),
        ]);
      });
    },
  },
});

function checkScope(acl: Resource): Report[] {
  const scope = acl.at("scope");
  if (scope.unknown) return [undecided(scope)];
  const region = acl.at("region").text;
  if (scope.isWord("CLOUDFRONT") && region !== undefined && region !== "us-east-1")
    return [violation(scope, `scope CLOUDFRONT exists in us-east-1 only, not in ${region}`)];
  return scope.absent || scope.isWord("REGIONAL", "CLOUDFRONT")
    ? []
    : [violation(scope, `${String(scope.raw)} is no scope`)];
}

function checkRules(acl: Resource): Report[] {
  return acl.at("rules").items.flatMap((one): Report[] => {
    const statement = one.at("statement");
    const isGroup = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"].some(
      (kind) => statement.at(kind).present,
    );
    if (!statement.isObject || one.at("action").unknown || one.at("overrideAction").unknown)
      return [];
    const wrong = isGroup ? one.at("action") : one.at("overrideAction");
    const wanted = isGroup ? one.at("overrideAction") : one.at("action");
    const answer =
      "WAFInvalidParameterException: Error reason: A reference in your rule statement is not valid., field: RULE";
    const kind = isGroup ? "a group of rules" : "a single rule";
    if (wrong.present)
      return [
        { ...violation(wrong, `${kind} does not take ${wrong.path.replace(/^.*\./, "")}`), answer },
      ];
    return wanted.present
      ? []
      : [{ ...violation(wanted, `${kind} needs ${wanted.path.replace(/^.*\./, "")}`), answer }];
  });
}
