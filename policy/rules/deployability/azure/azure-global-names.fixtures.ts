import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const storage = (accountName: unknown, name = "sa") =>
  resource("azure-native:storage:StorageAccount", { accountName }, name);
const registry = (registryName: unknown, name = "acr") =>
  resource("azure-native:containerregistry:Registry", { registryName }, name);
const vault = (vaultName: unknown, name = "kv") =>
  resource("azure-native:keyvault:Vault", { vaultName }, name);
const secret = (secretName: unknown) =>
  resource("azure-native:keyvault:Secret", { secretName }, "dsn");
const policy = (policyName: unknown) =>
  resource("azure-native:network/v20220501:Policy", { policyName }, "waf");

export const fixtures: Fixtures = {
  good: [
    storage("acmefiles01"),
    storage(undefined, "files"),
    registry("AcmeImages"),
    vault("acme-shop-kv"),
    vault(undefined, "shop-secrets"),
    secret("db-password"),
    policy("edgeWaf1"),
  ],
  bad: [
    storage("acme-files"),
    storage("AcmeFiles"),
    storage(undefined, "acme-files"),
    storage(undefined, "seventeenletters1"),
    registry("acme-images"),
    registry("acr"),
    vault("1-vault"),
    vault("shop--kv"),
    vault(undefined, "seventeen-letters"),
    secret("DB_PASSWORD"),
    policy("edge-waf"),
  ],
  missing: [passes(storage(undefined, ""))],
  unknown: [storage(unknown), vault(unknown)],
  wrongType: [passes(storage(5)), violates(storage({}, "Files"))],
};
