import { VirtualMachineExtension } from "@pulumi/azure-native/compute";
import { DataCollectionRule, DataCollectionRuleAssociation } from "@pulumi/azure-native/monitor";
import type { Workspace } from "@pulumi/azure-native/operationalinsights";
import type * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../../components/cloud";
import type { NetworkAttachment } from "./attachments";
import type { Machine } from "./host-machine";
import { settings } from "./settings";
import { tagsOf } from "./tags";

/** Tables that a machine's agent writes to. */
export const HOST_TABLES = ["Syslog", "Perf"];

/** The machine's log, in which the containers' lines are, and how full its disks are. */
export function hostLogs(request: {
  readonly name: string;
  readonly machine: Machine;
  readonly identityId: pulumi.Output<string>;
  readonly workspace: Workspace;
  readonly network: NetworkAttachment;
  readonly environment: Environment;
  readonly parent: pulumi.ComponentResource;
}): pulumi.Resource {
  const { name, machine, identityId, workspace, network, environment, parent } = request;
  const place = { resourceGroupName: network.group.name, location: settings().location };
  const rule = new DataCollectionRule(
    `${name}-collection`,
    {
      ...place,
      kind: "Linux",
      dataSources: {
        syslog: [
          {
            name: "lines",
            streams: ["Microsoft-Syslog"],
            facilityNames: ["local0", "auth", "authpriv", "daemon", "kern"],
            logLevels: ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"],
          },
        ],
        performanceCounters: [
          {
            name: "disks",
            streams: ["Microsoft-Perf"],
            samplingFrequencyInSeconds: 60,
            counterSpecifiers: ["Logical Disk(*)\\% Used Space"],
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "logs", workspaceResourceId: workspace.id }] },
      dataFlows: [{ streams: ["Microsoft-Syslog", "Microsoft-Perf"], destinations: ["logs"] }],
      tags: tagsOf(environment),
    },
    { parent },
  );
  const association = new DataCollectionRuleAssociation(
    `${name}-collection-of-machine`,
    { associationName: "portolan", resourceUri: machine.vm.id, dataCollectionRuleId: rule.id },
    { parent },
  );
  return new VirtualMachineExtension(
    `${name}-agent`,
    {
      ...place,
      vmName: machine.vm.name,
      vmExtensionName: "AzureMonitorLinuxAgent",
      publisher: "Microsoft.Azure.Monitor",
      type: "AzureMonitorLinuxAgent",
      typeHandlerVersion: "1.33",
      autoUpgradeMinorVersion: true,
      enableAutomaticUpgrade: true,
      settings: {
        authentication: {
          managedIdentity: { "identifier-name": "mi_res_id", "identifier-value": identityId },
        },
      },
      tags: tagsOf(environment),
    },
    { parent, dependsOn: [association] },
  );
}
