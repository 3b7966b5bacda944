import { ManagedEnvironment } from "@pulumi/azure-native/app";
import type { Subnet } from "@pulumi/azure-native/network";
import type { Workspace } from "@pulumi/azure-native/operationalinsights";
import type { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { Wishes } from "./gathered";
import { sendLogs } from "./logs";
import { autoNamed } from "./names";
import { settings } from "./settings";
import { tagsOf } from "./tags";
import { INGRESS, profileArgs } from "./workload-profiles";

/** Tables that Container Apps writes to. */
export const APP_TABLES = ["ContainerAppConsoleLogs", "ContainerAppSystemLogs"];

/**
 * The environment that all containers of a stack run in. It has no public address: the internal
 * balancer answers inside the network, and Front Door comes in by a private connection.
 */
export function appsEnvironment(request: {
  readonly name: string;
  readonly group: ResourceGroup;
  readonly subnet: Subnet;
  readonly zoneRedundant: boolean;
  /** What the stack's containers ask for together. */
  readonly wishes: pulumi.Output<Wishes>;
  readonly workspace: Workspace;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): ManagedEnvironment {
  const { name, group, subnet, zoneRedundant, wishes, workspace, environment, parent } = request;
  const apps = new ManagedEnvironment(
    `${autoNamed(name, 27)}-apps`,
    {
      resourceGroupName: group.name,
      location: settings().location,
      vnetConfiguration: { infrastructureSubnetId: subnet.id, internal: true },
      publicNetworkAccess: "Disabled",
      // Written out: without profiles Azure makes the old kind, which has no private connections.
      workloadProfiles: wishes.apply(({ profiles }) => profileArgs(profiles)),
      // Azure's own proxy, unless somebody needs more than its four minutes of silence.
      ingressConfiguration: wishes.apply(({ idleMinutes }) =>
        idleMinutes === undefined
          ? undefined
          : {
              workloadProfileName: INGRESS.type,
              requestIdleTimeout: idleMinutes,
              scale: { minReplicas: 2, maxReplicas: 10 },
            },
      ),
      zoneRedundant,
      peerTrafficConfiguration: { encryption: { enabled: true } },
      // By diagnostic setting and not by the workspace's key, which would be one more secret.
      appLogsConfiguration: { destination: "azure-monitor" },
      tags: tagsOf(environment),
    },
    { parent, customTimeouts: { create: "45m", delete: "45m" } },
  );
  sendLogs({
    name: `${name}-apps`,
    parent,
    from: apps,
    to: workspace,
    categories: APP_TABLES,
    dedicated: true,
  });
  return apps;
}
