import { plannedExit } from "../lib/job-exits";
import { CloudError } from "../lib/table";
import type { Draft, TypeTable } from "../lib/table";
import { arm, child, guid, named } from "./shared";

const VM = "azure-native:compute:VirtualMachine";
const DISK = "azure-native:compute:Disk";
const ENCRYPTION = "azure-native:compute:DiskEncryptionSet";

/** A run command that waits ends as its script does; the script itself is not run. */
function runCommand({ name, inputs }: Draft): void {
  const code = plannedExit("azure", name);
  if (code === 0 || inputs.treatFailureAsDeploymentFailure !== true) return;
  throw new CloudError(
    `VMExtensionProvisioningError: the run command '${name}' ended with exit code ${code} (simulated)`,
  );
}

export const types: Record<string, TypeTable> = {
  [VM]: arm({
    arm: "Microsoft.Compute/virtualMachines",
    name: named("vmName", 64),
    replaceOn: [
      "osProfile.adminUsername",
      "osProfile.computerName",
      "osProfile.linuxConfiguration.ssh",
      "storageProfile.imageReference",
      "storageProfile.osDisk.managedDisk.diskEncryptionSet",
      "securityProfile.securityType",
      "zones",
    ],
    references: {
      "networkProfile.networkInterfaces[*].id": "azure-native:network:NetworkInterface",
      "storageProfile.dataDisks[*].managedDisk.id": DISK,
      "storageProfile.osDisk.managedDisk.diskEncryptionSet.id": ENCRYPTION,
      "identity.userAssignedIdentities[*]": "azure-native:managedidentity:UserAssignedIdentity",
    },
    outputs: { vmId: guid },
    seconds: 60,
  }),
  [DISK]: arm({
    arm: "Microsoft.Compute/disks",
    name: named("diskName", 80),
    replaceOn: ["creationData", "zones"],
    references: { "encryption.diskEncryptionSetId": ENCRYPTION },
    outputs: { diskState: "Unattached", uniqueId: guid },
    inUse: "OperationNotAllowed: Disk '{id}' is attached to a VM.",
  }),
  [ENCRYPTION]: arm({
    arm: "Microsoft.Compute/diskEncryptionSets",
    name: named("diskEncryptionSetName", 80),
    replaceOn: ["encryptionType"],
    inUse: "DiskEncryptionSetInUse: '{id}' encrypts disks.",
  }),
  "azure-native:compute:VirtualMachineExtension": child({
    arm: "Microsoft.Compute/virtualMachines/extensions",
    parents: ["vmName"],
    name: named("vmExtensionName", 80),
    replaceOn: ["publisher", "type"],
    references: { vmName: `${VM}#name` },
    loose: ["vmName"],
    seconds: 60,
  }),
  "azure-native:compute:VirtualMachineRunCommandByVirtualMachine": child({
    arm: "Microsoft.Compute/virtualMachines/runCommands",
    parents: ["vmName"],
    name: named("runCommandName", 80),
    references: { vmName: `${VM}#name` },
    loose: ["vmName"],
    writeOnly: ["protectedParameters"],
    create: (draft) => {
      runCommand(draft);
      return {};
    },
    update: (draft) => {
      runCommand(draft);
      return {};
    },
    seconds: 300,
  }),
};
