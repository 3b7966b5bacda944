import {
  ProtectedItem,
  ProtectionContainer,
  ProtectionPolicy,
  Vault,
} from "@pulumi/azure-native/recoveryservices";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type { FileShare, StorageAccount } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { autoNamed } from "./names";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** Azure Backup takes a snapshot of a file share at this time of day, UTC. */
const AT = "2026-01-01T02:30:00Z";

/** Daily snapshots of one share, kept for some days. */
export function backUpShare(request: {
  readonly name: string;
  readonly days: number;
  readonly account: StorageAccount;
  readonly share: FileShare;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): void {
  const { name, days, account, share, group, environment, parent } = request;
  const vault = new Vault(
    `${autoNamed(name, 43)}-backups`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      sku: { name: "RS0", tier: "Standard" },
      properties: { publicNetworkAccess: "Disabled" },
      tags: tagsOf(environment),
    },
    { parent, protect: environment.protected },
  );
  const at = { vaultName: vault.name, resourceGroupName: group.name };
  const policy = new ProtectionPolicy(
    `${name}-backup-policy`,
    {
      ...at,
      policyName: "daily",
      properties: {
        backupManagementType: "AzureStorage",
        workLoadType: "AzureFileShare",
        timeZone: "UTC",
        schedulePolicy: {
          schedulePolicyType: "SimpleSchedulePolicy",
          scheduleRunFrequency: "Daily",
          scheduleRunTimes: [AT],
        },
        retentionPolicy: {
          retentionPolicyType: "LongTermRetentionPolicy",
          dailySchedule: {
            retentionTimes: [AT],
            retentionDuration: { count: days, durationType: "Days" },
          },
        },
      },
    },
    { parent },
  );
  // Azure finds the account and the share by these names, and has no others for them.
  const container = new ProtectionContainer(
    `${name}-backup-source`,
    {
      ...at,
      fabricName: "Azure",
      containerName: pulumi.interpolate`StorageContainer;Storage;${group.name};${account.name}`,
      properties: {
        containerType: "StorageContainer",
        backupManagementType: "AzureStorage",
        sourceResourceId: account.id,
        // A lock of Azure Backup would keep a stack that may go from being destroyed.
        acquireStorageAccountLock: environment.protected ? "Acquire" : "NotAcquire",
      },
    },
    { parent },
  );
  new ProtectedItem(
    `${name}-backup`,
    {
      ...at,
      fabricName: "Azure",
      containerName: container.name,
      protectedItemName: pulumi.interpolate`AzureFileShare;${share.name}`,
      properties: {
        protectedItemType: "AzureFileShareProtectedItem",
        sourceResourceId: account.id,
        policyId: policy.id,
      },
    },
    { parent, protect: environment.protected },
  );
}
