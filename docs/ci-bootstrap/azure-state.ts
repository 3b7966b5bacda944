import { ManagementLockByScope } from "@pulumi/azure-native/authorization";
import { Key, Vault } from "@pulumi/azure-native/keyvault";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { BlobContainer, BlobServiceProperties, StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

export interface AzurePlace {
  readonly location: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
}

export interface StackState {
  readonly group: ResourceGroup;
  readonly account: StorageAccount;
  readonly container: BlobContainer;
  readonly vault: Vault;
  readonly key: Key;
}

/** Days in which an overwritten or deleted state, and the key, can be had back. */
const DAYS = 90;

/** A stack's own group, storage account and vault: staging's identities then reach nothing of production's. */
export function stateOf(stack: string, { location, tenantId }: AzurePlace): StackState {
  const name = `portolan-ci-${stack}`;
  // Without them nobody can deploy, roll back or even destroy.
  const kept: pulumi.CustomResourceOptions = { protect: true, retainOnDelete: true };
  const tags = { "portolan-ci": stack };
  const group = new ResourceGroup(name, { resourceGroupName: name, location, tags }, kept);
  new ManagementLockByScope(
    name,
    {
      lockName: "state",
      level: "CanNotDelete",
      scope: group.id,
      notes: "Pulumi's state and the key that opens it",
    },
    kept,
  );
  const inGroup = { resourceGroupName: group.name };
  // GitHub's machines have no fixed addresses. Who comes is decided by identity alone: there are no keys.
  const account = new StorageAccount(
    `ci${stack.replaceAll("-", "")}`,
    {
      ...inGroup,
      location,
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      encryption: {
        keySource: "Microsoft.Storage",
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true } },
      },
      tags,
    },
    kept,
  );
  new BlobServiceProperties(
    name,
    {
      ...inGroup,
      accountName: account.name,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: DAYS },
      containerDeleteRetentionPolicy: { enabled: true, days: DAYS },
    },
    kept,
  );
  const container = new BlobContainer(
    name,
    { ...inGroup, accountName: account.name, containerName: "state", publicAccess: "None" },
    kept,
  );
  const vault = new Vault(
    `ci-${stack}`,
    {
      ...inGroup,
      location,
      properties: {
        tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: DAYS,
        enablePurgeProtection: true,
      },
      tags,
    },
    kept,
  );
  const key = new Key(
    name,
    {
      ...inGroup,
      vaultName: vault.name,
      keyName: "pulumi",
      properties: {
        kty: "RSA",
        keySize: 3072,
        keyOps: ["encrypt", "decrypt"],
        rotationPolicy: {
          attributes: { expiryTime: "P2Y" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P1Y" } }],
        },
      },
    },
    kept,
  );
  return { group, account, container, vault, key };
}
