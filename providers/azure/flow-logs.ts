import { FlowLog, type VirtualNetwork } from "@pulumi/azure-native/network";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import { StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { globalName } from "./names";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/**
 * Connection logs of the network. The network watcher is Azure's own: it makes one per region, by
 * this name and in this group, with the first network, and refuses a second one.
 */
export function flowLogs(request: {
  readonly name: string;
  readonly days: number;
  readonly vnet: VirtualNetwork;
  readonly group: ResourceGroup;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): void {
  const { name, days, vnet, group, environment, parent } = request;
  const place = settings();
  const store = new StorageAccount(
    `${name}-flow-store`,
    {
      accountName: globalName(`flow${environment.system}`, environment, place, 24),
      resourceGroupName: group.name,
      location: place.location,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      encryption: {
        keySource: "Microsoft.Storage",
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true }, file: { enabled: true } },
      },
      // The watcher writes as a trusted service; nobody else comes in.
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      tags: tagsOf(environment),
    },
    { parent },
  );
  new FlowLog(
    `${name}-flow-log`,
    {
      networkWatcherName: `NetworkWatcher_${place.location}`,
      resourceGroupName: "NetworkWatcherRG",
      location: place.location,
      targetResourceId: vnet.id,
      storageId: store.id,
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: true, days },
      tags: tagsOf(environment),
    },
    { parent },
  );
}
