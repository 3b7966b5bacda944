import type { TypeTable } from "../lib/table";
import { arm, child, named } from "./shared";

const SERVER = "azure-native:sql:Server";

export const types: Record<string, TypeTable> = {
  [SERVER]: arm({
    arm: "Microsoft.Sql/servers",
    scope: "global",
    name: named("serverName", 63),
    replaceOn: ["administratorLogin"],
    writeOnly: ["administratorLoginPassword"],
    outputs: { fullyQualifiedDomainName: "{name}.database.windows.net", state: "Ready" },
  }),
  "azure-native:sql:Database": arm({
    arm: "Microsoft.Sql/servers/databases",
    parents: ["serverName"],
    name: named("databaseName", 128),
    replaceOn: ["createMode", "collation"],
    references: { serverName: `${SERVER}#name` },
    loose: ["serverName"],
    outputs: { status: "Online" },
  }),
  "azure-native:sql:FirewallRule": child({
    arm: "Microsoft.Sql/servers/firewallRules",
    parents: ["serverName"],
    name: named("firewallRuleName", 128),
    references: { serverName: `${SERVER}#name` },
    loose: ["serverName"],
  }),
};
