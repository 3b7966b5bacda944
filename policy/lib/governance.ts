import type { Rule } from "./rule";

/**
 * Rules about the exemptions file itself. The engine reports them; they decide on no resource, and they cannot be
 * exempted.
 */
export const EXPIRED: Rule = {
  id: "exemption-expired",
  title: "Exemptions are renewed or removed when they expire",
  severity: "high",
  category: "deployability",
  profile: "baseline",
  why: "An exemption was granted for a time; after it the risk is nobody's decision any more.",
  fix: {
    aws: "Remove the entry from exemptions.yaml and fix the finding, or have its owner renew it with a new date.",
  },
  controls: { nist: ["CM-3", "RA-7"], cis: ["4.1"] },
};

/** An exemption that covers nothing. */
export const UNUSED: Rule = {
  id: "exemption-unmatched",
  title: "Every exemption covers a finding",
  severity: "high",
  category: "deployability",
  profile: "baseline",
  why: "An exemption without a finding waits to excuse one nobody has seen.",
  fix: { aws: "Remove the entry from exemptions.yaml, or correct its rule id and URN." },
  controls: { nist: ["CM-3", "RA-7"], cis: ["4.1"] },
};

export const GOVERNANCE: readonly Rule[] = [EXPIRED, UNUSED];
