import { rule as globalLocation } from "../../policy/rules/deployability/azure/azure-global-location";
import type { TypeTable } from "../lib/table";
import { arm, child, named } from "./shared";

const ZONE = "azure-native:privatedns:PrivateZone";
const LINK = "azure-native:privatedns:VirtualNetworkLink";

export const types: Record<string, TypeTable> = {
  [ZONE]: arm({
    arm: "Microsoft.Network/privateDnsZones",
    name: named("privateZoneName", 253),
    rules: [globalLocation],
    outputs: { numberOfRecordSets: 1 },
    children: [LINK],
  }),
  [LINK]: child({
    arm: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    parents: ["privateZoneName"],
    name: named("virtualNetworkLinkName", 80),
    rules: [globalLocation],
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
