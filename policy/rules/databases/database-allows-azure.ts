import { mustNotBeOneOf } from "../../lib/check/simple";
import { forTypes, type Check, type Rule } from "../../lib/rule";

const allowsAzure =
  (start: string, end: string): Check =>
  (resource) => {
    if (!resource.at(end).isWord("0.0.0.0") && !resource.at(end).unknown) return [];
    return mustNotBeOneOf(
      resource.at(start),
      ["0.0.0.0"],
      "every machine of every Azure customer may connect",
    );
  };

export const rule: Rule = {
  id: "database-allows-azure",
  title: "No store admits all of Azure",
  severity: "medium",
  category: "public-database",
  profile: "strict",
  why: "The range 0.0.0.0 to 0.0.0.0 means every address of Azure, other customers' machines included.",
  fix: { azure: "Remove the rule and use a private endpoint or the server's own subnet." },
  controls: { nist: ["SC-7", "AC-4"], cis: ["4.4"] },
  check: {
    ...forTypes(
      [
        "azure-native:dbforpostgresql:FirewallRule",
        "azure-native:dbformysql:FirewallRule",
        "azure-native:sql:FirewallRule",
        "azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule",
        "azure:mssql/firewallRule:FirewallRule",
      ],
      allowsAzure("startIpAddress", "endIpAddress"),
    ),
    "azure-native:redis:FirewallRule": allowsAzure("startIP", "endIP"),
  },
};
