import { CloudError } from "../lib/table";
import type { Draft, Failure, TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { LOAD_BALANCER, UUID } from "./refs";

const ACL = "aws:wafv2/webAcl:WebAcl";
const RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup";
const IP_SET = "aws:wafv2/ipSet:IpSet";
const PATTERNS = "aws:wafv2/regexPatternSet:RegexPatternSet";

const IN_USE =
  "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used by another " +
  "resource or it's associated with another resource.";
const MISSING =
  "WAFNonexistentItemException: AWS WAF couldn't perform the operation because your resource doesn't exist: {value}";

/** What all parts of WAF have in common: a scope, an ARN, and a token that every change makes anew. */
function part(collection: string, max: number, table: TypeTable): TypeTable {
  return {
    name: { property: "name", prefixProperty: "namePrefix", max, within: ["scope"] },
    id: UUID,
    changing: ["lockToken"],
    missing: MISSING,
    inUse: IN_USE,
    exists:
      "WAFDuplicateItemException: AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one: {name}",
    create: refuseScope,
    ...table,
    outputs: {
      arn: ({ place, inputs, name, id }: Draft) =>
        `arn:${place.partition}:wafv2:${place.region}:${place.account}:` +
        `${inputs.scope === "CLOUDFRONT" ? "global" : "regional"}/${collection}/${name}/${id}`,
      lockToken: UUID,
      ...table.outputs,
    },
    replaceOn: ["scope", ...(table.replaceOn ?? [])],
  };
}

export const types: Record<string, TypeTable> = {
  [ACL]: part("webacl", 128, {
    outputs: { capacity: capacityOf, applicationIntegrationUrl: "" },
    sets: ["rules", "tokenDomains"],
    validate: badRules,
  }),
  [RULE_GROUP]: part("rulegroup", 128, {
    replaceOn: ["capacity"],
    sets: ["rules"],
    validate: badRules,
  }),
  [IP_SET]: part("ipset", 128, { replaceOn: ["ipAddressVersion"], sets: ["addresses"] }),
  [PATTERNS]: part("regexpatternset", 128, { sets: ["regularExpressions"] }),
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    id: "{in.webAclArn},{in.resourceArn}",
    replaceOn: ["webAclArn", "resourceArn"],
    references: { webAclArn: `${ACL}#arn` },
    create: refuseAssociation,
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    id: "{in.resourceArn}",
    replaceOn: ["resourceArn"],
    sets: ["logDestinationConfigs", "redactedFields"],
    references: { resourceArn: `${ACL}#arn` },
    loose: ["resourceArn"],
    create: refuseDestinations,
    update: refuseDestinations,
  },
};

/** Capacity units, roughly: those of managed groups as published, a few for every other rule. */
const MANAGED: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesAdminProtectionRuleSet: 100,
};

function capacityOf({ inputs }: Draft): number {
  const costs = ((inputs.rules ?? []) as Plain[]).map(
    ({ statement }) => MANAGED[statement?.managedRuleGroupStatement?.name] ?? 10,
  );
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/** Groups of rules are overridden, plain rules act; no two have one priority. */
function badRules({ rules }: Plain): Failure[] {
  if (!Array.isArray(rules)) return [];
  const list = rules as Plain[];
  const failures: Failure[] = [];
  const priorities = list.map((rule) => rule.priority as unknown);
  if (new Set(priorities).size < priorities.length) {
    failures.push({
      property: "rules",
      reason:
        "WAFInvalidParameterException: Error reason: You have used none or multiple values for a field that requires " +
        "exactly one value., field: RULE_PRIORITY",
    });
  }
  for (const { name, statement, action, overrideAction } of list) {
    const group =
      statement?.managedRuleGroupStatement !== undefined ||
      statement?.ruleGroupReferenceStatement !== undefined;
    const wanted = group ? overrideAction : action;
    const other = group ? action : overrideAction;
    if (wanted !== undefined && other === undefined) continue;
    failures.push({
      property: "rules",
      reason:
        `WAFInvalidParameterException: Error reason: A reference in your rule statement is not valid., field: RULE, ` +
        `parameter: ${String(name)}; ${group ? "a rule group takes overrideAction" : "a plain rule takes action"}`,
    });
  }
  return failures;
}

function refuseScope({ inputs, place }: Draft): undefined {
  if (inputs.scope === "CLOUDFRONT" && place.region !== "us-east-1") {
    throw new CloudError(
      "WAFInvalidParameterException: Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT",
    );
  }
  return undefined;
}

function refuseAssociation({ inputs, cloud }: Draft): undefined {
  const acl = cloud.find(ACL, String(inputs.webAclArn), "arn");
  if (acl !== undefined && plain(acl.outputs.scope) !== "REGIONAL") {
    throw new CloudError(
      `WAFInvalidParameterException: Error reason: The ARN isn't valid., field: RESOURCE_ARN, parameter: ${acl.id}`,
    );
  }
  const target = String(inputs.resourceArn);
  if (target.includes(":loadbalancer/") && cloud.find(LOAD_BALANCER, target) === undefined) {
    throw new CloudError(
      `WAFUnavailableEntityException: AWS WAF couldn't retrieve the resource '${target}'`,
    );
  }
  return undefined;
}

function refuseDestinations({ inputs }: Draft): undefined {
  for (const arn of inputs.logDestinationConfigs as string[]) {
    if (/(:log-group:|:::|deliverystream\/)aws-waf-logs-/.test(arn)) continue;
    throw new CloudError(
      `WAFInvalidParameterException: Error reason: The ARN isn't valid., field: LOG_DESTINATION, parameter: ${arn}`,
    );
  }
  return undefined;
}
