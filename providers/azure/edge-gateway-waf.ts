import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network";
import type { network } from "@pulumi/azure-native/types/input";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { HttpsEdgeSpec } from "../../components/https-edge";
import { firewallRules, type FirewallRule } from "./firewall-rules";
import { settings } from "./settings";
import { tagsOf } from "./tags";

const CONDITION: Record<FirewallRule["on"], Omit<network.MatchConditionArgs, "matchValues">> = {
  connection: { matchVariables: [{ variableName: "RemoteAddr" }], operator: "IPMatch" },
  uri: {
    matchVariables: [{ variableName: "RequestUri" }],
    operator: "Regex",
    transforms: ["Lowercase", "UrlDecode"],
  },
  "Content-Length": {
    matchVariables: [{ variableName: "RequestHeaders", selector: "Content-Length" }],
    operator: "Regex",
  },
};

/** The rules in a gateway's words, numbered 1 to 100. */
export const gatewayRules = (
  rules: readonly FirewallRule[],
): network.WebApplicationFirewallCustomRuleArgs[] =>
  rules.map(({ name, action, on, values, negate, rate }, index) => ({
    name,
    priority: index + 1,
    state: "Enabled",
    ruleType: rate ? "RateLimitRule" : "MatchRule",
    action,
    matchConditions: [
      { ...CONDITION[on], matchValues: [...values], negationConditon: negate ?? false },
    ],
    ...(rate
      ? {
          rateLimitDuration: rate.minutes === 5 ? "FiveMins" : "OneMin",
          rateLimitThreshold: rate.requests,
          groupByUserSession: [{ groupByVariables: [{ variableName: "ClientAddr" }] }],
        }
      : {}),
  }));

/**
 * A gateway's firewall. It always prevents, as Front Door's does, and always has the managed rules:
 * Azure refuses a policy without a set of them.
 */
export function gatewayFirewall(request: {
  readonly name: string;
  readonly spec: HttpsEdgeSpec;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): WebApplicationFirewallPolicy {
  const { name, spec, group, environment, parent } = request;
  return new WebApplicationFirewallPolicy(
    `${name}-firewall`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      customRules: gatewayRules(firewallRules(spec, spec.waf)),
      managedRules: {
        managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" }],
      },
      policySettings: {
        state: "Enabled",
        mode: "Prevention",
        requestBodyCheck: true,
        requestBodyInspectLimitInKB: 128,
        // How large a body may be is said by a rule of its own, where it is said at all.
        requestBodyEnforcement: false,
        fileUploadEnforcement: false,
        customBlockResponseStatusCode: 403,
      },
      tags: tagsOf(environment),
    },
    { parent },
  );
}
