import { FlowLog, type VirtualNetwork } from "@pulumi/azure-native/network";
import { ManagementPolicy } from "@pulumi/azure-native/storage";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import { globalName } from "./names";
import { settings } from "./settings";
import { storageAccount } from "./storage-account";
import { tagsOf } from "./tags";

/** Days after which the network watcher can delete what it wrote. */
const LONGEST = 365;

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
  const store = storageAccount({
    logicalName: `${name}-flow-store`,
    accountName: globalName(`flow${environment.system}`, environment, place, 24),
    group,
    zoneRedundant: false,
    // The watcher writes as a trusted service, with a key that it asks for.
    sharedKeys: true,
    environment,
    options: { parent },
  });
  if (days > LONGEST) {
    new ManagementPolicy(
      `${name}-flow-cleanup`,
      {
        accountName: store.name,
        resourceGroupName: group.name,
        managementPolicyName: "default",
        policy: {
          rules: [
            {
              name: "flow-logs",
              type: "Lifecycle",
              enabled: true,
              definition: {
                filters: { blobTypes: ["blockBlob"] },
                actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } },
              },
            },
          ],
        },
      },
      { parent },
    );
  }
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
      // The watcher cleans up for a year at most; beyond that the store itself does.
      retentionPolicy: days <= LONGEST ? { enabled: true, days } : { enabled: false, days: 0 },
      tags: tagsOf(environment),
    },
    { parent },
  );
}
