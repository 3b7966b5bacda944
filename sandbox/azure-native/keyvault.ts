import { rule as globalNames } from "../../policy/rules/deployability/azure/azure-global-names";
import { rule as softDelete } from "../../policy/rules/deployability/azure/azure-keyvault-soft-delete";
import type { TypeTable } from "../lib/table";
import { Tombstones } from "../lib/tombstones";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { arm, child, named } from "./shared";

const deleted = new Tombstones("azure");
const VAULT = "azure-native:keyvault:Vault";

const uri = "https://{in.vaultName}.vault.azure.net";

export const types: Record<string, TypeTable> = {
  [VAULT]: arm({
    arm: "Microsoft.KeyVault/vaults",
    scope: "global",
    name: named("vaultName", 24),
    rules: [globalNames, softDelete],
    exists: "VaultAlreadyExists: The vault name '{name}' is already in use.",
    inside: { "properties.vaultUri": "https://{name}.vault.azure.net/" },
    create: ({ name }) => {
      deleted.refuseBuried(
        name,
        `ConflictError: A vault with the same name already exists in deleted state: ${name}`,
      );
      return {};
    },
    remove: ({ outputs }) => {
      const properties: Plain = plain(outputs.properties);
      deleted.bury(String(plain(outputs.name)), properties?.softDeleteRetentionInDays ?? 90);
    },
  }),
  "azure-native:keyvault:Secret": child({
    arm: "Microsoft.KeyVault/vaults/secrets",
    parents: ["vaultName"],
    name: named("secretName", 127),
    rules: [globalNames],
    references: { vaultName: `${VAULT}#name` },
    loose: ["vaultName"],
    writeOnly: ["properties.value"],
    inside: {
      "properties.secretUri": `${uri}/secrets/{name}`,
      "properties.secretUriWithVersion": `${uri}/secrets/{name}/{hex:32}`,
    },
  }),
  "azure-native:keyvault:Key": child({
    arm: "Microsoft.KeyVault/vaults/keys",
    parents: ["vaultName"],
    name: named("keyName", 127),
    // Keys made through the resource manager are never changed by it, only made anew.
    replaceOn: ["properties"],
    references: { vaultName: `${VAULT}#name` },
    loose: ["vaultName"],
    outputs: {
      keyUri: `${uri}/keys/{name}`,
      keyUriWithVersion: `${uri}/keys/{name}/{hex:32}`,
    },
  }),
};
