import { StorageAccount } from "@pulumi/azure-native/storage";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { CustomerKey } from "./customer-key";
import { settings } from "./settings";
import { tagsOf } from "./tags";

interface Request {
  readonly logicalName: string;
  /** Fixed where the name has to be known in a preview; else the provider makes one. */
  readonly accountName?: string;
  readonly group: ResourceGroup;
  /** Copies in three zones instead of one. */
  readonly zoneRedundant: boolean;
  /** Key of the stack's own; without it Azure's. Fixed at creation. */
  readonly key?: CustomerKey;
  /** Whether the account's keys open it; off wherever its users have identities. */
  readonly sharedKeys: boolean;
  readonly environment: Environment;
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * A storage account that nobody reaches from the internet: private endpoints and services that
 * Azure trusts come in. Encrypted twice, by the service and by the infrastructure below it.
 */
export function storageAccount(request: Request): StorageAccount {
  const { logicalName, accountName, group, key, environment, options } = request;
  return new StorageAccount(
    logicalName,
    {
      ...(accountName === undefined ? {} : { accountName }),
      resourceGroupName: group.name,
      location: settings().location,
      kind: "StorageV2",
      sku: { name: request.zoneRedundant ? "Standard_ZRS" : "Standard_LRS" },
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      allowSharedKeyAccess: request.sharedKeys,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      ...(key ? { identity: identityOf(key) } : {}),
      encryption: {
        keySource: key ? "Microsoft.Keyvault" : "Microsoft.Storage",
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true }, file: { enabled: true } },
        ...(key
          ? {
              encryptionIdentity: { encryptionUserAssignedIdentity: key.identity.id },
              keyVaultProperties: { keyName: key.name, keyVaultUri: key.vaultUri },
            }
          : {}),
      },
      tags: tagsOf(environment),
    },
    { ...options, dependsOn: key ? [key.ready] : [] },
  );
}

const identityOf = ({ identity }: CustomerKey) => ({
  type: "UserAssigned",
  userAssignedIdentities: [identity.id],
});
