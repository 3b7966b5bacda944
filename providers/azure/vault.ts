import { Vault } from "@pulumi/azure-native/keyvault";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { autoNamed } from "./names";
import { byProfile } from "./profile";
import { settings } from "./settings";
import { tagsOf } from "./tags";

interface VaultRequest {
  readonly name: string;
  readonly environment: Environment;
  readonly group: ResourceGroup;
  readonly options: pulumi.CustomResourceOptions;
  /** A database's key asks for it whatever the stack; secrets where the stack is protected. */
  readonly purgeProtection: boolean;
}

/**
 * A vault that nobody reaches from outside the network. Its name is the provider's: a deleted vault
 * keeps its name for days, so a fixed one could not be made again. What Pulumi writes goes through
 * the resource manager and needs neither a way in nor a role inside the vault.
 */
export function keyVault(request: VaultRequest): Vault {
  const { name, environment, group, options, purgeProtection } = request;
  const place = settings();
  return new Vault(
    `${autoNamed(name, 18)}-vault`,
    {
      resourceGroupName: group.name,
      location: place.location,
      properties: {
        tenantId: place.tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: byProfile("softDeleteDays", environment),
        // Left out where it is off: Azure refuses the value false.
        ...(purgeProtection ? { enablePurgeProtection: true } : {}),
        publicNetworkAccess: "disabled",
        networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
      },
      tags: tagsOf(environment),
    },
    // Soft delete keeps it; but a protected stack is not to lose it at all.
    { ...options, protect: environment.protected },
  );
}
