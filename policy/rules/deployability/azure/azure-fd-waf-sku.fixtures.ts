import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const set = {
  ruleSetType: "Microsoft_DefaultRuleSet",
  ruleSetVersion: "2.1",
  ruleSetAction: "Block",
};
const policy = (
  sku: unknown,
  sets: unknown = [set],
  policySettings: object = { mode: "Prevention" },
) =>
  resource(
    "azure-native:network/v20240201:Policy",
    {
      ...(sku === undefined ? {} : { sku: { name: sku } }),
      policySettings,
      managedRules: { managedRuleSets: sets },
    },
    "waf",
  );
const profile = (name: unknown) => resource("azure-native:cdn:Profile", { sku: { name } }, "fd");
const association = resource("azure-native:cdn:SecurityPolicy", {
  profileName: { ref: "fd.name" },
  parameters: { type: "WebApplicationFirewall", wafPolicy: { id: { ref: "waf.id" } } },
});
const PREMIUM = "Premium_AzureFrontDoor";
const STANDARD = "Standard_AzureFrontDoor";

export const fixtures: Fixtures = {
  good: [
    policy(PREMIUM),
    passes(policy(STANDARD, []), profile(STANDARD), association),
    passes(policy("premium_azurefrontdoor"), profile(PREMIUM), association),
    policy(PREMIUM, [{ ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" }]),
    policy("Classic_AzureFrontDoor", [{ ruleSetType: "DefaultRuleSet", ruleSetVersion: "1.0" }]),
  ],
  bad: [
    policy(STANDARD),
    policy(PREMIUM, [{ ...set, ruleSetAction: undefined }]),
    policy(PREMIUM, [set], { mode: "Detection" }),
    policy(PREMIUM, [set], { mode: "Prevention", enabledState: "disabled" }),
    violates(policy(undefined, []), profile(PREMIUM), association),
    violates(policy(STANDARD, []), profile(PREMIUM), association),
  ],
  missing: [passes(policy(undefined, undefined))],
  unknown: [
    policy(unknown),
    policy(PREMIUM, unknown),
    policy(PREMIUM, [set], { mode: unknown }),
    waits(policy(unknown, []), profile(PREMIUM), association),
  ],
  wrongType: [passes(policy(5, "all"))],
};
