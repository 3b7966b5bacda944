import { mustBeTrue } from "../../lib/check/simple";
import { undecided, violation, type Rule } from "../../lib/rule";

const YEAR_SECONDS = 31_536_000;

export const rule: Rule = {
  id: "kms-rotation",
  title: "Keys are rotated",
  severity: "medium",
  category: "kms-rotation",
  profile: "baseline",
  why: "The longer one key encrypts, the more a leak of it opens.",
  fix: {
    aws: "Set enableKeyRotation to true.",
    azure: "Add a rotationPolicy with lifetime actions.",
    gcp: 'Set rotationPeriod, for example to "7776000s" (90 days).',
  },
  controls: { nist: ["SC-12", "SC-28"], cis: ["3.11"] },
  check: {
    "aws:kms/key:Key": (resource) => {
      const spec = resource.at("customerMasterKeySpec");
      const usage = resource.at("keyUsage");
      // Only symmetric keys of KMS's own material can be rotated.
      if (spec.present && !spec.isWord("SYMMETRIC_DEFAULT")) return [];
      if (usage.present && !usage.isWord("ENCRYPT_DECRYPT")) return [];
      if (resource.at("customKeyStoreId").present) return [];
      return mustBeTrue(resource.at("enableKeyRotation"), "the key is never rotated");
    },
    "gcp:kms/cryptoKey:CryptoKey": (resource) => {
      const purpose = resource.at("purpose");
      if (purpose.present && !purpose.isWord("ENCRYPT_DECRYPT")) return [];
      const period = resource.at("rotationPeriod");
      if (period.unknown) return [undecided(period)];
      const seconds = Number(/^(\d+)(\.\d+)?s$/.exec(period.text ?? "")?.[1] ?? 0);
      return seconds > 0 && seconds <= YEAR_SECONDS
        ? []
        : [violation(period, "the key is not rotated within a year")];
    },
    "azure:keyvault/key:Key": (resource) =>
      resource.at("rotationPolicy").absent
        ? [violation(resource.at("rotationPolicy"), "the key is never rotated")]
        : [],
  },
};
