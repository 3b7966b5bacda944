import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const vault = (properties: unknown) => resource("azure-native:keyvault:Vault", { properties });

export const fixtures: Fixtures = {
  good: [vault({ softDeleteRetentionInDays: 7 }), vault({ enablePurgeProtection: true })],
  bad: [
    vault({ enablePurgeProtection: false }),
    vault({ enablePurgeProtection: "false" }),
    vault({ softDeleteRetentionInDays: 5 }),
    vault({ softDeleteRetentionInDays: "120" }),
    vault({ enableSoftDelete: false }),
  ],
  missing: [passes(vault({})), passes(vault(undefined))],
  unknown: [
    vault({ enablePurgeProtection: unknown }),
    vault({ softDeleteRetentionInDays: unknown }),
  ],
  wrongType: [passes(vault("open")), passes(vault({ enablePurgeProtection: "no" }))],
};
