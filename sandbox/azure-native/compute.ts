import type { TypeTable } from "../lib/table";
import { arm, guid, named } from "./shared";

export const types: Record<string, TypeTable> = {
  "azure-native:compute:VirtualMachine": arm({
    arm: "Microsoft.Compute/virtualMachines",
    name: named("vmName", 64),
    replaceOn: ["osProfile.adminUsername", "storageProfile.imageReference", "zones"],
    references: {
      "networkProfile.networkInterfaces[*].id": "azure-native:network:NetworkInterface",
    },
    outputs: { vmId: guid },
    seconds: 60,
  }),
  "azure-native:compute:Disk": arm({
    arm: "Microsoft.Compute/disks",
    name: named("diskName", 80),
    replaceOn: ["creationData", "zones"],
    outputs: { diskState: "Unattached", uniqueId: guid },
  }),
};
