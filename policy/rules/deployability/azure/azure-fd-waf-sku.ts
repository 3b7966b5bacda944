import { profileOf } from "../../../lib/deployability/azure/front-door";
import { SECURITY_POLICY, WAF_POLICY } from "../../../lib/deployability/azure/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const ACTIONS = ["Block", "Log", "Redirect"];

export const rule = deployability({
  id: "azure-fd-waf-sku",
  title: "A firewall policy has the profile's sku, rules that go with it, and blocks",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "WebApplicationFirewallPolicy validation failed: Managed rule set types or versions are not compatible.",
  },
  fix: "Give the policy the sku of the Front Door profile (Premium_AzureFrontDoor for managed rule sets), ruleSetAction to Microsoft_DefaultRuleSet 2.x, and mode Prevention.",
  source: "https://learn.microsoft.com/azure/web-application-firewall/afds/afds-overview",
  check: {
    [WAF_POLICY]: (policy) => [
      ...checkSets(policy),
      ...checkMode(policy.at("policySettings.mode"), "Detection", "it only detects"),
      ...checkMode(policy.at("policySettings.enabledState"), "Disabled", "it is switched off"),
    ],
  },
  checkStack: ofEach([SECURITY_POLICY], (association, graph): Report[] => {
    const at = association.at("parameters.wafPolicy.id");
    const { resource: policy, open } = target(graph, association, at, WAF_POLICY);
    const profile = profileOf(graph, association);
    if (policy === undefined || profile === undefined) return policy === undefined ? [...open] : [];
    const [own, wanted] = [policy.at("sku.name"), profile.at("sku.name")];
    const [unknown] = [own, wanted].filter((value) => value.unknown);
    if (unknown !== undefined) return [undecided(unknown)];
    if (wanted.text === undefined || own.isWord(wanted.text)) return [];
    const given = own.text ?? "Classic_AzureFrontDoor, the default,";
    return [
      {
        ...violation(at, `${policy.name} has sku ${given} and ${profile.name} ${wanted.text}`),
        answer:
          "BadRequest: the sku of the web application firewall policy does not match the profile's.",
      },
    ];
  }),
});

function checkSets(policy: Resource): Report[] {
  const sets = policy.at("managedRules.managedRuleSets");
  const sku = policy.at("sku.name");
  if (sets.unknown) return [undecided(sets)];
  if (sets.items.length === 0) return [];
  const reports = sets.items.flatMap(checkSet);
  if (sku.unknown) return [...reports, undecided(sku)];
  return sku.isWord("Standard_AzureFrontDoor")
    ? [...reports, violation(sku, "managed rule sets are not offered with Standard_AzureFrontDoor")]
    : reports;
}

function checkSet(set: Value): Report[] {
  const version = set.at("ruleSetVersion");
  const action = set.at("ruleSetAction");
  const isNew =
    set.at("ruleSetType").isWord("Microsoft_DefaultRuleSet") &&
    Number.parseFloat(version.text ?? String(version.number ?? "0")) >= 2;
  if (!isNew || action.isWord(...ACTIONS)) return [];
  if (action.unknown) return [undecided(action)];
  return [
    {
      ...violation(
        action,
        `Microsoft_DefaultRuleSet ${version.text ?? version.number ?? ""} has no ruleSetAction`,
      ),
      answer:
        "WebApplicationFirewallPolicy validation failed: This rule set action value is not supported.",
    },
  ];
}

function checkMode(value: Value, wrong: string, message: string): Report[] {
  if (value.unknown) return [undecided(value)];
  return value.isWord(wrong)
    ? [
        {
          ...violation(value, `the policy blocks nothing: ${message}`),
          answer: "the policy is created, and every attack passes it.",
        },
      ]
    : [];
}
