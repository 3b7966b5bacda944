import type { TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { danglingParts } from "./gateway-parts";
import { arm, child, named } from "./shared";

const SUBNET = "azure-native:network:Subnet";
const VNET = "azure-native:network:VirtualNetwork";
const WAF = "azure-native:network:WebApplicationFirewallPolicy";
const NSG = "azure-native:network:NetworkSecurityGroup";

export const types: Record<string, TypeTable> = {
  [VNET]: arm({
    arm: "Microsoft.Network/virtualNetworks",
    name: named("virtualNetworkName", 64),
    outputs: { resourceGuid: "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}" },
    children: [SUBNET],
  }),
  [SUBNET]: child({
    arm: "Microsoft.Network/virtualNetworks/subnets",
    parents: ["virtualNetworkName"],
    name: named("subnetName", 80),
    references: {
      virtualNetworkName: `${VNET}#name`,
      "networkSecurityGroup.id": NSG,
      "natGateway.id": "azure-native:network:NatGateway",
      "routeTable.id": "azure-native:network:RouteTable",
    },
    inUse: "InUseSubnetCannotBeDeleted: Subnet '{id}' is in use and cannot be deleted.",
  }),
  [NSG]: arm({
    arm: "Microsoft.Network/networkSecurityGroups",
    name: named("networkSecurityGroupName", 80),
    sets: ["securityRules"],
    inUse: "InUseNetworkSecurityGroupCannotBeDeleted: Network security group '{id}' is in use.",
  }),
  "azure-native:network:SecurityRule": child({
    arm: "Microsoft.Network/networkSecurityGroups/securityRules",
    parents: ["networkSecurityGroupName"],
    name: named("securityRuleName", 80),
    references: { networkSecurityGroupName: `${NSG}#name` },
  }),
  "azure-native:network:RouteTable": arm({
    arm: "Microsoft.Network/routeTables",
    name: named("routeTableName", 80),
    inUse: "InUseRouteTableCannotBeDeleted: Route table '{id}' is in use.",
  }),
  "azure-native:network:NatGateway": arm({
    arm: "Microsoft.Network/natGateways",
    name: named("natGatewayName", 80),
    replaceOn: ["sku", "zones"],
    references: { "publicIpAddresses[*].id": "azure-native:network:PublicIPAddress" },
    inUse: "NatGatewayInUse: NAT gateway '{id}' is in use by a subnet.",
  }),
  "azure-native:network:PublicIPAddress": arm({
    arm: "Microsoft.Network/publicIPAddresses",
    name: named("publicIpAddressName", 80),
    replaceOn: ["publicIPAddressVersion", "publicIPPrefix", "sku", "zones"],
    outputs: { ipAddress: "203.0.113.10" },
    inUse:
      "PublicIPAddressCannotBeDeleted: Public IP address '{id}' can not be deleted, it is in use.",
  }),
  "azure-native:network:NetworkInterface": arm({
    arm: "Microsoft.Network/networkInterfaces",
    name: named("networkInterfaceName", 80),
    references: {
      "ipConfigurations[*].subnet.id": SUBNET,
      "ipConfigurations[*].publicIPAddress.id": "azure-native:network:PublicIPAddress",
      "networkSecurityGroup.id": NSG,
    },
    outputs: { macAddress: "00-0D-3A-{hex:2}-{hex:2}-{hex:2}" },
    inUse: "NicInUse: Network interface '{id}' is used by a virtual machine.",
  }),
  "azure-native:network:PrivateEndpoint": arm({
    arm: "Microsoft.Network/privateEndpoints",
    name: named("privateEndpointName", 80),
    replaceOn: ["subnet", "privateLinkServiceConnections"],
    references: { "subnet.id": SUBNET },
    outputs: { customDnsConfigs: () => [], networkInterfaces: () => [] },
    seconds: 60,
  }),
  "azure-native:network:PrivateDnsZoneGroup": child({
    arm: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    parents: ["privateEndpointName"],
    name: named("privateDnsZoneGroupName", 80),
    references: {
      privateEndpointName: "azure-native:network:PrivateEndpoint#name",
      "privateDnsZoneConfigs[*].privateDnsZoneId": "azure-native:privatedns:PrivateZone",
    },
    loose: ["privateEndpointName"],
  }),
  "azure-native:network:FlowLog": arm({
    arm: "Microsoft.Network/networkWatchers/flowLogs",
    parents: ["networkWatcherName"],
    name: named("flowLogName", 80),
    references: { storageId: "azure-native:storage:StorageAccount" },
    replaceOn: ["targetResourceId"],
  }),
  [WAF]: arm({
    arm: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    name: named("policyName", 128),
    validate: ({ managedRules, customRules = [] }) => [
      ...(Array.isArray(managedRules?.managedRuleSets) && managedRules.managedRuleSets.length === 0
        ? [
            {
              property: "managedRules",
              reason:
                "ApplicationGatewayFirewallPolicyManagedRuleSetsEmpty: a policy has at least one managed rule set.",
            },
          ]
        : []),
      ...(Array.isArray(customRules) &&
      customRules.some(({ priority }: Plain) => priority < 1 || priority > 100)
        ? [{ property: "customRules", reason: "priorities of custom rules are 1 to 100" }]
        : []),
    ],
    inUse: "FirewallPolicyInUse: the policy '{id}' is associated with an application gateway.",
  }),
  "azure-native:network:ApplicationGateway": arm({
    arm: "Microsoft.Network/applicationGateways",
    name: named("applicationGatewayName", 80),
    replaceOn: ["zones", "gatewayIPConfigurations[*].subnet.id"],
    references: {
      "gatewayIPConfigurations[*].subnet.id": SUBNET,
      "frontendIPConfigurations[*].publicIPAddress.id": "azure-native:network:PublicIPAddress",
      "frontendIPConfigurations[*].subnet.id": SUBNET,
      "firewallPolicy.id": WAF,
      "identity.userAssignedIdentities[*]": "azure-native:managedidentity:UserAssignedIdentity",
    },
    validate: danglingParts,
    outputs: { operationalState: "Running" },
    seconds: 360,
  }),
  "azure-native:network:LoadBalancer": arm({
    arm: "Microsoft.Network/loadBalancers",
    name: named("loadBalancerName", 80),
    replaceOn: ["sku"],
    references: {
      "frontendIPConfigurations[*].publicIPAddress.id": "azure-native:network:PublicIPAddress",
    },
  }),
  "azure-native:network:BastionHost": arm({
    arm: "Microsoft.Network/bastionHosts",
    name: named("bastionHostName", 80),
    references: { "ipConfigurations[*].subnet.id": SUBNET },
    outputs: { dnsName: "bst-{hex:8}.bastion.azure.com" },
  }),
};
