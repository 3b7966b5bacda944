import type { TypeTable } from "../lib/table";
import { arm, mustBeGlobal, named } from "./shared";

const ZONE = "azure-native:dns:Zone";

export const types: Record<string, TypeTable> = {
  [ZONE]: arm({
    arm: "Microsoft.Network/dnsZones",
    name: named("zoneName", 253),
    validate: mustBeGlobal("Microsoft.Network/dnsZones"),
    outputs: {
      nameServers: () => ["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net."],
      numberOfRecordSets: 2,
    },
  }),
  // The group is the zone's, which may stand outside the program.
  "azure-native:dns:RecordSet": {
    name: {
      property: "relativeRecordSetName",
      auto: { separator: "", suffix: 8 },
      within: ["resourceGroupName", "zoneName", "recordType"],
    },
    id:
      "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
      "Microsoft.Network/dnszones/{in.zoneName}/{in.recordType}/{name}",
    replaceOn: ["resourceGroupName", "zoneName", "recordType"],
    references: { zoneName: `${ZONE}#name` },
    outputs: {
      name: "{name}",
      type: "Microsoft.Network/dnszones/{in.recordType}",
      fqdn: "{name}.{in.zoneName}.",
      provisioningState: "Succeeded",
    },
  },
};
