import { rule as loginPassword } from "../../policy/rules/deployability/azure/azure-pg-login-password";
import { rule as dnsLinkFirst } from "../../policy/rules/deployability/azure/azure-pg-private-dns-link-first";
import { rule as privateZoneName } from "../../policy/rules/deployability/azure/azure-pg-private-zone-name";
import { rule as skuTierHa } from "../../policy/rules/deployability/azure/azure-pg-sku-tier-ha";
import { rule as subnetDelegated } from "../../policy/rules/deployability/azure/azure-pg-subnet-delegated";
import type { TypeTable } from "../lib/table";
import { CloudError } from "../lib/table";
import { plain } from "../lib/values";
import type { Plain } from "../lib/values";
import { arm, child, named } from "./shared";

const SERVER = "azure-native:dbforpostgresql:Server";
/** What the service refuses in a server. */
const SERVER_RULES = [loginPassword, skuTierHa, subnetDelegated, privateZoneName, dnsLinkFirst];

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
    rules: SERVER_RULES,
    outputs: {
      fullyQualifiedDomainName: "{name}.postgres.database.azure.com",
      state: "Ready",
      minorVersion: "4",
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
