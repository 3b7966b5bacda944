import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { WebAcl, type WebAclArgs } from "@pulumi/aws/wafv2/webAcl";
import { WebAclAssociation } from "@pulumi/aws/wafv2/webAclAssociation";
import { WebAclLoggingConfiguration } from "@pulumi/aws/wafv2/webAclLoggingConfiguration";
import type * as pulumi from "@pulumi/pulumi";
import type { HttpsEdgeSpec, RateLimit, Waf } from "../../components/https-edge";
import { physicalName, type Scope } from "./scope";

type Rules = Exclude<
  WebAclArgs["rules"],
  undefined | Promise<unknown> | pulumi.OutputInstance<unknown>
>;
type Rule = pulumi.Unwrap<Rules[number]>;
type Statement = Rule["statement"];

type WafSpec = Pick<HttpsEdgeSpec, "blockedPaths" | "rateLimits" | "waf" | "accessLogDays">;

/** The managed groups of AWS. Order is cost: what is cheap to judge comes first. */
const MANAGED = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesSQLiRuleSet",
];

/** Rules of the access list, by the smallest priority first. */
export function wafRules({ blockedPaths = [], rateLimits = [], waf }: WafSpec): Rule[] {
  const rules = [
    ...blockedPaths.map(blocked),
    ...rateLimits.map(limited),
    ...(waf?.managedRules ? MANAGED.map((group) => managed(group, waf)) : []),
  ];
  return rules.map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: visibility(rule.name as string),
  })) as Rule[];
}

/** The firewall before the load balancer; absent when nothing is asked of it. */
export function firewall(scope: Scope, spec: WafSpec, target: pulumi.Output<string>): void {
  const rules = wafRules(spec);
  if (rules.length === 0) return;
  const { name, environment, child, tags } = scope;
  const acl = new WebAcl(
    `${name}-waf`,
    {
      scope: "REGIONAL",
      description: `Before ${name}`,
      defaultAction: { allow: {} },
      rules,
      visibilityConfig: visibility(`${name}-waf`),
      tags,
    },
    child,
  );
  new WebAclAssociation(`${name}-waf`, { resourceArn: target, webAclArn: acl.arn }, child);
  const log = new LogGroup(
    `${name}-waf`,
    {
      // WAF delivers to no name that begins otherwise.
      name: `aws-waf-logs-${physicalName(environment, name, 200)}`,
      retentionInDays: spec.accessLogDays,
      tags,
    },
    child,
  );
  new WebAclLoggingConfiguration(
    `${name}-waf`,
    {
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: ["authorization", "cookie"].map((header) => ({
        singleHeader: { name: header },
      })),
      // What passed is in the access log already.
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: [
              { actionCondition: { action: "BLOCK" } },
              { actionCondition: { action: "COUNT" } },
            ],
          },
        ],
      },
    },
    child,
  );
}

const visibility = (metricName: string): Rule["visibilityConfig"] => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});

/**
 * Here and not as a listener rule: a rule compares the path as it was sent, and `/%69nternal` or
 * `//internal` would walk around it.
 */
function blocked(pattern: string): Partial<Rule> {
  const expression = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return {
    name: `blocked-${slug(pattern)}`,
    action: { block: { customResponse: { responseCode: 404 } } },
    statement: {
      regexMatchStatement: {
        regexString: `^${expression}$`,
        fieldToMatch: { uriPath: {} },
        textTransformations: [
          { priority: 0, type: "URL_DECODE" },
          { priority: 1, type: "NORMALIZE_PATH" },
          { priority: 2, type: "LOWERCASE" },
        ],
      },
    },
  };
}

function limited({ pathPrefix, requests, windowSeconds }: RateLimit): Partial<Rule> {
  return {
    name: `rate-${slug(pathPrefix)}`,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: {
      rateBasedStatement: {
        limit: requests,
        evaluationWindowSec: windowSeconds,
        aggregateKeyType: "IP",
        ...(pathPrefix === "/" ? {} : { scopeDownStatement: startsWith(pathPrefix) }),
      },
    },
  };
}

function managed(group: string, { mode, uninspected = [] }: Waf): Partial<Rule> {
  const scopeDown = uninspected.map(startsWith);
  return {
    name: group,
    overrideAction: mode === "count" ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        // Would refuse every body above 8 KiB; bodies are limited by what the edge was told.
        ...(group === "AWSManagedRulesCommonRuleSet"
          ? { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] }
          : {}),
        ...(scopeDown.length === 0 ? {} : { scopeDownStatement: not(anyOf(scopeDown)) }),
      },
    },
  };
}

const startsWith = (prefix: string): Statement =>
  ({
    byteMatchStatement: {
      searchString: prefix,
      positionalConstraint: "STARTS_WITH",
      fieldToMatch: { uriPath: {} },
      textTransformations: [
        { priority: 0, type: "URL_DECODE" },
        { priority: 1, type: "NORMALIZE_PATH" },
      ],
    },
  }) as Statement;

const not = (statement: Statement): Statement =>
  ({ notStatement: { statements: [statement] } }) as Statement;

const anyOf = (statements: Statement[]): Statement =>
  (statements.length === 1 ? statements[0] : { orStatement: { statements } }) as Statement;

const slug = (path: string): string =>
  path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "") || "all";
