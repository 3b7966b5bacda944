import { Policy } from "@pulumi/azure-native/frontdoor";
import type { frontdoor } from "@pulumi/azure-native/types/input";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { HttpsEdgeSpec, Waf } from "../../components/https-edge";
import { firewallRules, type FirewallRule } from "./firewall-rules";
import { alphanumeric } from "./names";
import { tagsOf } from "./tags";

/** Texts are compared in lower case and decoded, so that neither can be used to slip through. */
const PLAIN = ["Lowercase", "UrlDecode"];

const CONDITION: Record<FirewallRule["on"], Omit<frontdoor.MatchConditionArgs, "matchValue">> = {
  connection: { matchVariable: "SocketAddr", operator: "IPMatch" },
  uri: { matchVariable: "RequestUri", operator: "RegEx", transforms: PLAIN },
  "Content-Length": {
    matchVariable: "RequestHeader",
    selector: "Content-Length",
    operator: "RegEx",
  },
};

/** The rules in Front Door's words; the gaps between their numbers are for an operator's own. */
export const frontDoorRules = (rules: readonly FirewallRule[]): frontdoor.CustomRuleArgs[] =>
  rules.map(({ name, action, on, values, negate, rate }, index) => ({
    name,
    priority: 10 * (index + 1),
    enabledState: "Enabled",
    ruleType: rate ? "RateLimitRule" : "MatchRule",
    action,
    matchConditions: [
      {
        ...CONDITION[on],
        matchValue: [...values],
        ...(negate ? { negateCondition: true } : {}),
      },
    ],
    ...(rate
      ? {
          rateLimitDurationInMinutes: rate.minutes,
          rateLimitThreshold: rate.requests,
          groupBy: [{ variableName: "SocketAddr" }],
        }
      : {}),
  }));

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
      customRules: { rules: frontDoorRules(firewallRules(spec, waf)) },
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
