import type { TypeTable } from "../lib/table";
import { arm, named } from "./shared";

export const types: Record<string, TypeTable> = {
  "azure-native:containerinstance:ContainerGroup": arm({
    arm: "Microsoft.ContainerInstance/containerGroups",
    name: named("containerGroupName", 63),
    // Almost nothing of a running group can be changed.
    replaceOn: ["containers", "osType", "ipAddress", "subnetIds", "restartPolicy", "volumes"],
    references: { "subnetIds[*].id": "azure-native:network:Subnet" },
    outputs: { instanceView: () => ({ state: "Running" }) },
    inside: { "ipAddress.ip": "203.0.113.20" },
  }),
};
