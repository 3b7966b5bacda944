import { rule as globalLocation } from "../../policy/rules/deployability/azure/azure-global-location";
import { rule as globalNames } from "../../policy/rules/deployability/azure/azure-global-names";
import type { TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { arm, named } from "./shared";

function policyFailures(inputs: Plain): { property: string; reason: string }[] {
  const failures: { property: string; reason: string }[] = [];
  const sets: Plain[] = inputs.managedRules?.managedRuleSets ?? [];
  if (
    sets.length > 0 &&
    typeof inputs.sku?.name === "string" &&
    !inputs.sku.name.startsWith("Premium")
  ) {
    failures.push({
      property: "managedRules",
      reason:
        "WebApplicationFirewallPolicy validation failed: Managed rule set types or versions are not compatible.",
    });
  }
  const minutes: Plain[] = (inputs.customRules?.rules ?? []).map(
    (rule: Plain) => rule.rateLimitDurationInMinutes,
  );
  if (minutes.some((value) => typeof value === "number" && value !== 1 && value !== 5)) {
    failures.push({ property: "customRules", reason: "rateLimitDurationInMinutes must be 1 or 5" });
  }
  return failures;
}

export const types: Record<string, TypeTable> = {
  "azure-native:frontdoor:Policy": arm({
    arm: "Microsoft.Network/frontdoorWebApplicationFirewallPolicies",
    name: named("policyName", 128),
    replaceOn: ["sku"],
    validate: policyFailures,
    rules: [globalLocation, globalNames],
    outputs: { resourceState: "Enabled" },
    inUse: "PolicyInUse: the policy '{id}' is associated with a security policy.",
  }),
};
