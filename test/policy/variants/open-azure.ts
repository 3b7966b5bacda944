import { R, type Variants } from "./variant";

const NSG = (rules: unknown[], t = "azure-native:network:NetworkSecurityGroup") =>
  R(t, { securityRules: rules });
const rule = (o: object) => ({
  name: "r",
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  priority: 200,
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "5432",
  ...o,
});

/** Ways to reach a store in Azure, and what looks like one. */
export const OPEN_AZURE: Variants = {
  violations: [
    ["nsg star", NSG([rule({})])],
    ["nsg Internet", NSG([rule({ sourceAddressPrefix: "Internet" })])],
    ["nsg AzureCloud", NSG([rule({ sourceAddressPrefix: "AzureCloud" })])],
    [
      "nsg ranges",
      NSG([
        rule({ destinationPortRange: undefined, destinationPortRanges: ["1-1024", "5000-5500"] }),
      ]),
    ],
    ["nsg deny after", NSG([rule({}), rule({ access: "Deny", priority: 300 })])],
    [
      "nsg deny first other port",
      NSG([rule({}), rule({ access: "Deny", priority: 100, destinationPortRange: "6379" })]),
    ],
    [
      "nsg deny first partial source",
      NSG([
        rule({}),
        rule({ access: "Deny", priority: 100, sourceAddressPrefix: "203.0.113.0/24" }),
      ]),
    ],
    [
      "nsg halves",
      NSG([
        rule({
          sourceAddressPrefix: undefined,
          sourceAddressPrefixes: ["0.0.0.0/1", "128.0.0.0/1"],
        }),
      ]),
    ],
    [
      "nsg halves in two rules",
      NSG([
        rule({ sourceAddressPrefix: "0.0.0.0/1" }),
        rule({ priority: 201, sourceAddressPrefix: "128.0.0.0/1" }),
      ]),
    ],
    ["nsg proto *", NSG([rule({ protocol: "*" })])],
    ["classic nsg", NSG([rule({})], "azure:network/networkSecurityGroup:NetworkSecurityGroup")],
    [
      "classic rule",
      R("azure:network/networkSecurityRule:NetworkSecurityRule", {
        ...rule({}),
        networkSecurityGroupName: "x",
      }),
    ],
    [
      "native rule versioned",
      R("azure-native:network/v20230201:SecurityRule", {
        ...rule({}),
        networkSecurityGroupName: "x",
      }),
    ],
    [
      "pg fw allow azure",
      R("azure-native:dbforpostgresql:FirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "0.0.0.0",
      }),
    ],
    [
      "pg fw all",
      R("azure-native:dbforpostgresql:FirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    [
      "pg fw 1.0.0.0-223",
      R("azure-native:dbforpostgresql:FirewallRule", {
        startIpAddress: "1.0.0.0",
        endIpAddress: "223.255.255.255",
      }),
    ],
    [
      "classic pg flex fw",
      R("azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    [
      "classic mysql fw single",
      R("azure:mysql/firewallRule:FirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    [
      "classic mariadb fw",
      R("azure:mariadb/firewallRule:FirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    [
      "classic sql fw",
      R("azure:sql/firewallRule:FirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    ["classic pg flex public default", R("azure:postgresql/flexibleServer:FlexibleServer", {})],
    ["native sql server default public", R("azure-native:sql:Server", {})],
    [
      "sql MI public endpoint",
      R("azure-native:sql:ManagedInstance", { publicDataEndpointEnabled: true }),
    ],
    [
      "classic MI",
      R("azure:mssql/managedInstance:ManagedInstance", { publicDataEndpointEnabled: true }),
    ],
    ["cosmos default public", R("azure-native:cosmosdb:DatabaseAccount", {})],
    ["classic cosmos", R("azure:cosmosdb/account:Account", {})],
    ["classic redis", R("azure:redis/cache:Cache", {})],
    [
      "native mysql flex public",
      R("azure-native:dbformysql:Server", { network: { publicNetworkAccess: "Enabled" } }),
    ],
    [
      "mongo cluster fw",
      R("azure-native:documentdb:MongoClusterFirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    ["classic mssql server", R("azure:mssql/server:Server", {})],
    [
      "synapse fw",
      R("azure-native:synapse:IpFirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
    [
      "cosmos pg fw",
      R("azure-native:dbforpostgresql:ServerGroupFirewallRule", {
        startIpAddress: "0.0.0.0",
        endIpAddress: "255.255.255.255",
      }),
    ],
  ],
  passes: [
    ["nsg VirtualNetwork", NSG([rule({ sourceAddressPrefix: "VirtualNetwork" })])],
    ["nsg AzureLoadBalancer", NSG([rule({ sourceAddressPrefix: "AzureLoadBalancer" })])],
    ["nsg AzureFrontDoor.Backend", NSG([rule({ sourceAddressPrefix: "AzureFrontDoor.Backend" })])],
    ["nsg deny first", NSG([rule({}), rule({ access: "Deny", priority: 100 })])],
    ["nsg outbound", NSG([rule({ direction: "Outbound" })])],
    ["nsg udp", NSG([rule({ protocol: "Udp" })])],
    [
      "nsg asg source",
      NSG([
        rule({ sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [{ id: "x" }] }),
      ]),
    ],
    [
      "pg fw one",
      R("azure-native:dbforpostgresql:FirewallRule", {
        startIpAddress: "203.0.113.5",
        endIpAddress: "203.0.113.5",
      }),
    ],
    [
      "classic pg flex public off",
      R("azure:postgresql/flexibleServer:FlexibleServer", { publicNetworkAccessEnabled: false }),
    ],
    [
      "classic pg flex delegated",
      R("azure:postgresql/flexibleServer:FlexibleServer", {
        delegatedSubnetId: "x",
        privateDnsZoneId: "z",
      }),
    ],
    [
      "native pg delegated",
      R("azure-native:dbforpostgresql:Server", { network: { delegatedSubnetResourceId: "x" } }),
    ],
    ["native sql disabled", R("azure-native:sql:Server", { publicNetworkAccess: "Disabled" })],
    ["sql MI default", R("azure-native:sql:ManagedInstance", {})],
    [
      "cosmos disabled",
      R("azure-native:documentdb:DatabaseAccount", { publicNetworkAccess: "Disabled" }),
    ],
    [
      "cosmos vnet filter",
      R("azure-native:cosmosdb:DatabaseAccount", {
        isVirtualNetworkFilterEnabled: true,
        virtualNetworkRules: [{ id: "s" }],
      }),
    ],
    ["classic redis off", R("azure:redis/cache:Cache", { publicNetworkAccessEnabled: false })],
  ],
};
