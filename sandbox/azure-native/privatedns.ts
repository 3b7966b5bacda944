import type { TypeTable } from "../lib/table";
import { arm, child, mustBeGlobal, named } from "./shared";

const ZONE = "azure-native:privatedns:PrivateZone";
const LINK = "azure-native:privatedns:VirtualNetworkLink";

export const types: Record<string, TypeTable> = {
  [ZONE]: arm({
    arm: "Microsoft.Network/privateDnsZones",
    name: named("privateZoneName", 253),
    validate: mustBeGlobal("Microsoft.Network/privateDnsZones"),
    outputs: { numberOfRecordSets: 1 },
    children: [LINK],
  }),
  [LINK]: child({
    arm: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    parents: ["privateZoneName"],
    name: named("virtualNetworkLinkName", 80),
    validate: mustBeGlobal("Microsoft.Network/privateDnsZones/virtualNetworkLinks"),
    references: {
      privateZoneName: `${ZONE}#name`,
      "virtualNetwork.id": "azure-native:network:VirtualNetwork",
    },
    outputs: { virtualNetworkLinkState: "Completed" },
  }),
  "azure-native:privatedns:PrivateRecordSet": child({
    arm: "Microsoft.Network/privateDnsZones/records",
    parents: ["privateZoneName"],
    name: named("relativeRecordSetName", 253),
    replaceOn: ["recordType"],
    references: { privateZoneName: `${ZONE}#name` },
    outputs: { fqdn: "{in.relativeRecordSetName}.{in.privateZoneName}." },
  }),
};
