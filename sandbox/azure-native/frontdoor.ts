import type { TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { arm, mustBeGlobal, named, nameLike } from "./shared";

function policyFailures(inputs: Plain): { property: string; reason: string }[] {
  const failures = [
    ...mustBeGlobal("Microsoft.Network/frontdoorWebApplicationFirewallPolicies")(inputs),
    ...nameLike(
      "policyName",
      /^[A-Za-z][A-Za-z0-9]{0,127}$/,
      "policy names are letters and digits",
    )(inputs),
  ];
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
    outputs: { resourceState: "Enabled" },
    inUse: "PolicyInUse: the policy '{id}' is associated with a security policy.",
  }),
};
