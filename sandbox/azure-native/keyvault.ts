import type { TypeTable } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { arm, child, named, nameLike } from "./shared";
import { bury, refuseBuried } from "./tombstones";

const VAULT = "azure-native:keyvault:Vault";

const uri = "https://{in.vaultName}.vault.azure.net";

function vaultFailures(inputs: Plain): { property: string; reason: string }[] {
  const failures = nameLike(
    "vaultName",
    /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
    "VaultNameNotValid: The vault name is invalid. A vault's name must be between 3-24 alphanumeric characters.",
  )(inputs);
  if (inputs.properties?.enablePurgeProtection === false) {
    failures.push({
      property: "properties.enablePurgeProtection",
      reason: 'The property "enablePurgeProtection" cannot be set to false.',
    });
  }
  return failures;
}

export const types: Record<string, TypeTable> = {
  [VAULT]: arm({
    arm: "Microsoft.KeyVault/vaults",
    scope: "global",
    name: named("vaultName", 24),
    validate: vaultFailures,
    exists: "VaultAlreadyExists: The vault name '{name}' is already in use.",
    inside: { "properties.vaultUri": "https://{name}.vault.azure.net/" },
    create: ({ name }) => {
      refuseBuried(
        name,
        `ConflictError: A vault with the same name already exists in deleted state: ${name}`,
      );
      return {};
    },
    remove: ({ outputs }) => {
      const properties: Plain = plain(outputs.properties);
      bury(String(plain(outputs.name)), properties?.softDeleteRetentionInDays ?? 90);
    },
  }),
  "azure-native:keyvault:Secret": child({
    arm: "Microsoft.KeyVault/vaults/secrets",
    parents: ["vaultName"],
    name: named("secretName", 127),
    validate: nameLike(
      "secretName",
      /^[A-Za-z0-9-]{1,127}$/,
      "BadParameter: secret names are 1 to 127 letters, digits and hyphens.",
    ),
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
