import type { TypeTable } from "../lib/table";
import { CloudError } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { arm, child, named } from "./shared";

const SERVER = "azure-native:dbforpostgresql:Server";
const RESERVED = [
  "azure_superuser",
  "azuresu",
  "azure_pg_admin",
  "admin",
  "administrator",
  "root",
  "guest",
  "public",
];
const LETTER: Record<string, string> = {
  Burstable: "B",
  GeneralPurpose: "D",
  MemoryOptimized: "E",
};

type Failure = { property: string; reason: string };

function serverFailures(inputs: Plain): Failure[] {
  const failures: Failure[] = [];
  const add = (property: string, reason: string): void => void failures.push({ property, reason });
  const { administratorLogin: login, sku, highAvailability, storage, network } = inputs;
  if (
    typeof login === "string" &&
    (RESERVED.includes(login.toLowerCase()) || /^pg_/i.test(login))
  ) {
    add("administratorLogin", `The administrator login name '${login}' is reserved.`);
  }
  if (typeof sku?.tier === "string" && typeof sku.name === "string") {
    const letter = LETTER[sku.tier];
    if (letter && !sku.name.startsWith(`Standard_${letter}`)) {
      add("sku", `The edition ${sku.tier} and the size ${sku.name} do not match.`);
    }
    const mode = highAvailability?.mode;
    if (sku.tier === "Burstable" && typeof mode === "string" && mode !== "Disabled") {
      add("highAvailability", "High availability is not supported for the Burstable edition.");
    }
  }
  const size = storage?.storageSizeGB;
  if (typeof size === "number" && (size < 32 || size > 32768 || Math.log2(size) % 1 !== 0)) {
    add("storage.storageSizeGB", `${size} is not one of 32, 64, 128 ... 32768.`);
  }
  if (network?.delegatedSubnetResourceId !== undefined && !network.privateDnsZoneArmResourceId) {
    add("network", "A server in a delegated subnet needs a private DNS zone.");
  }
  return failures;
}

export const types: Record<string, TypeTable> = {
  [SERVER]: arm({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers",
    scope: "global",
    name: named("serverName", 63),
    replaceOn: [
      "administratorLogin",
      "availabilityZone",
      "network.delegatedSubnetResourceId",
      "backup.geoRedundantBackup",
      "createMode",
      "pointInTimeUTC",
      "sourceServerResourceId",
    ],
    writeOnly: ["administratorLoginPassword"],
    references: {
      "network.delegatedSubnetResourceId": "azure-native:network:Subnet",
      "network.privateDnsZoneArmResourceId": "azure-native:privatedns:PrivateZone",
    },
    validate: serverFailures,
    outputs: {
      fullyQualifiedDomainName: "{name}.postgres.database.azure.com",
      state: "Ready",
      minorVersion: "4",
    },
    create: ({ inputs, cloud }) => {
      const zone = inputs.network?.privateDnsZoneArmResourceId;
      if (zone !== undefined) refuseUnlinked(String(zone), cloud);
      return {};
    },
    update: ({ inputs }, old) => {
      const before: Plain = plain(old.inputs);
      if ((inputs.storage?.storageSizeGB ?? 0) < (before.storage?.storageSizeGB ?? 0)) {
        throw new CloudError("StorageSizeLessThanUsed: the storage of a server cannot be shrunk");
      }
      return {};
    },
    seconds: 600,
  }),
  "azure-native:dbforpostgresql:Database": child({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers/databases",
    parents: ["serverName"],
    name: named("databaseName", 63),
    replaceOn: ["charset", "collation"],
    references: { serverName: `${SERVER}#name` },
    loose: ["serverName"],
  }),
  "azure-native:dbforpostgresql:Configuration": child({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    parents: ["serverName"],
    name: named("configurationName", 63),
    references: { serverName: `${SERVER}#name` },
    loose: ["serverName"],
    outputs: { isDynamicConfig: true, isConfigPendingRestart: false },
  }),
  "azure-native:dbforpostgresql:FirewallRule": child({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    parents: ["serverName"],
    name: named("firewallRuleName", 80),
    references: { serverName: `${SERVER}#name` },
    loose: ["serverName"],
  }),
};

/** A server in a network is found by name only where its zone is linked. */
function refuseUnlinked(zone: string, cloud: Plain): void {
  const linked = cloud
    .all("azure-native:privatedns:VirtualNetworkLink")
    .some((link: Plain) => link.id.startsWith(`${zone}/`));
  if (!linked) {
    throw new CloudError(
      `PrivateDnsZoneNotLinked: the private DNS zone '${zone}' is not linked to the server's network`,
    );
  }
}
