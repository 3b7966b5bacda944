import { VAULT } from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { undecided, violation, type Report } from "../../../lib/rule";

export const rule = deployability({
  id: "azure-keyvault-soft-delete",
  title: "A vault leaves purge protection unset or on, and is kept for 7 to 90 days",
  fails: {
    when: "create",
    effect: "error",
    answer:
      'BadRequest: The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
  },
  fix: "Leave enablePurgeProtection out instead of setting it to false; set softDeleteRetentionInDays to 7 to 90, and let the provider name vaults that come and go.",
  source: "https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview",
  check: {
    [VAULT]: (vault): Report[] => {
      const purge = vault.at("properties.enablePurgeProtection");
      const soft = vault.at("properties.enableSoftDelete");
      const days = vault.at("properties.softDeleteRetentionInDays");
      const [unknown] = [purge, days].filter((value) => value.unknown);
      if (unknown !== undefined) return [undecided(unknown)];
      const reports: Report[] = [];
      if (purge.boolean === false)
        reports.push(violation(purge, "enablePurgeProtection is set to false"));
      if (soft.boolean === false)
        reports.push({
          ...violation(soft, "enableSoftDelete is set to false"),
          answer: 'BadRequest: The property "enableSoftDelete" cannot be set to false.',
        });
      if (days.number !== undefined && (days.number < 7 || days.number > 90))
        reports.push({
          ...violation(days, `softDeleteRetentionInDays ${days.number} is not 7 to 90`),
          answer: "BadRequest: softDeleteRetentionInDays must be between 7 and 90.",
        });
      return reports;
    },
  },
});
