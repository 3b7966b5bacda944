import { Policy } from "@pulumi/azure-native/frontdoor";
import type { frontdoor } from "@pulumi/azure-native/types/input";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { HttpsEdgeSpec, RateLimit, Waf } from "../../components/https-edge";
import { greaterThanPattern, pathPattern, prefixPattern } from "./edge-patterns";
import { alphanumeric } from "./names";
import { tagsOf } from "./tags";

type Rule = frontdoor.CustomRuleArgs;

/** Texts are compared in lower case and decoded, so that neither can be used to slip through. */
const PLAIN = ["Lowercase", "UrlDecode"];

const uri = (patterns: readonly string[]): frontdoor.MatchConditionArgs => ({
  matchVariable: "RequestUri",
  operator: "RegEx",
  matchValue: [...patterns],
  transforms: PLAIN,
});

/** Front Door counts over one or five minutes; the rate stays what was asked for. */
export function rateWindow({ requests, windowSeconds }: RateLimit): {
  readonly minutes: 1 | 5;
  readonly requests: number;
} {
  const minutes = windowSeconds >= 300 ? 5 : 1;
  return { minutes, requests: Math.max(1, Math.round((requests * minutes * 60) / windowSeconds)) };
}

/** Everything but the managed rules, in the order it is asked: whom, what, how large, how often. */
export function customRules(spec: HttpsEdgeSpec, waf: Waf | undefined): Rule[] {
  const rules: Rule[] = [];
  const add = (name: string, priority: number, rule: Omit<Rule, "name" | "priority">): void => {
    rules.push({ name, priority, enabledState: "Enabled", ...rule });
  };
  if (spec.allowedNetworks && spec.allowedNetworks.length > 0) {
    add("OtherNetworks", 10, {
      ruleType: "MatchRule",
      action: "Block",
      matchConditions: [
        {
          // The address of the connection: what a client claims in a header does not count.
          matchVariable: "SocketAddr",
          operator: "IPMatch",
          negateCondition: true,
          matchValue: [...spec.allowedNetworks],
        },
      ],
    });
  }
  if (spec.blockedPaths && spec.blockedPaths.length > 0) {
    add("BlockedPaths", 20, {
      ruleType: "MatchRule",
      action: "Block",
      matchConditions: [uri(spec.blockedPaths.map(pathPattern))],
    });
  }
  if (spec.maxBodyBytes !== undefined) {
    add("BodyTooLarge", 30, {
      ruleType: "MatchRule",
      action: "Block",
      matchConditions: [
        {
          matchVariable: "RequestHeader",
          selector: "Content-Length",
          operator: "RegEx",
          matchValue: [greaterThanPattern(spec.maxBodyBytes)],
        },
      ],
    });
  }
  // The narrow limits first: the first rule that counts a request too many answers it.
  const limits = [...(spec.rateLimits ?? [])].sort(
    (a, b) => b.pathPrefix.length - a.pathPrefix.length,
  );
  for (const [index, limit] of limits.entries()) {
    const { minutes, requests } = rateWindow(limit);
    add(`Rate${index + 1}${alphanumeric(limit.pathPrefix)}`, 100 + index, {
      ruleType: "RateLimitRule",
      action: "Block",
      rateLimitDurationInMinutes: minutes,
      rateLimitThreshold: requests,
      groupBy: [{ variableName: "SocketAddr" }],
      matchConditions: [uri([prefixPattern(limit.pathPrefix)])],
    });
  }
  if (waf?.uninspected && waf.uninspected.length > 0) {
    // Allow ends the evaluation: the managed rules, which come after these, are not asked.
    add("Uninspected", 200, {
      ruleType: "MatchRule",
      action: "Allow",
      matchConditions: [uri(waf.uninspected.map(prefixPattern))],
    });
  }
  return rules;
}

/**
 * The policy always prevents: counting is said per rule set, since a policy that only detects
 * would not block anybody by address or rate either.
 */
export function wafPolicy(request: {
  readonly name: string;
  readonly spec: HttpsEdgeSpec & { readonly waf?: Waf };
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): Policy {
  const { name, spec, group, environment, parent } = request;
  const { waf } = spec;
  return new Policy(
    `${name}-firewall`,
    {
      policyName: `${alphanumeric(`${environment.system}${environment.stack}`).slice(0, 100)}waf`,
      resourceGroupName: group.name,
      location: "Global",
      sku: { name: "Premium_AzureFrontDoor" },
      policySettings: {
        enabledState: "Enabled",
        mode: "Prevention",
        requestBodyCheck: "Enabled",
        customBlockResponseStatusCode: 403,
      },
      customRules: { rules: customRules(spec, waf) },
      managedRules: {
        managedRuleSets: waf?.managedRules
          ? [
              {
                ruleSetType: "Microsoft_DefaultRuleSet",
                ruleSetVersion: "2.1",
                ruleSetAction: waf.mode === "block" ? "Block" : "Log",
              },
            ]
          : [],
      },
      tags: tagsOf(environment),
    },
    { parent },
  );
}
