import { resource } from "../../lib/fixture";
import type { PlainResource } from "../../lib/resource";
import { plan, ref, type Changes } from "./_plan";

const nsg = (name: string, ...securityRules: object[]) =>
  resource("azure-native:network:NetworkSecurityGroup", { securityRules }, name);
const inbound = (access: string, priority: number, source: string, port: string) => ({
  ...{ access, priority, protocol: "Tcp", direction: "Inbound", sourcePortRange: "*" },
  ...{ sourceAddressPrefix: source, destinationAddressPrefix: "*", destinationPortRange: port },
});
const subnet = (name: string, addressPrefix: string, more: object = {}) =>
  resource(
    "azure-native:network:Subnet",
    { virtualNetworkName: ref("vnet.name"), addressPrefix, ...more },
    name,
  );

/** A Container App with a server in the network and a cache behind a private endpoint. */
export function azure(changes: Changes = {}): PlainResource[] {
  return plan(
    [
      resource(
        "azure-native:network:VirtualNetwork",
        { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
        "vnet",
      ),
      nsg(
        "store-rules",
        inbound("Allow", 100, "10.0.0.0/23", "5432"),
        inbound("Deny", 4096, "VirtualNetwork", "*"),
      ),
      nsg(
        "endpoint-rules",
        inbound("Allow", 100, "10.0.0.0/23", "10000"),
        inbound("Deny", 4096, "VirtualNetwork", "*"),
      ),
      subnet("apps", "10.0.0.0/23"),
      subnet("stores", "10.0.2.0/26", { networkSecurityGroup: { id: ref("store-rules.id") } }),
      subnet("endpoints", "10.0.2.64/26", {
        networkSecurityGroup: { id: ref("endpoint-rules.id") },
        privateEndpointNetworkPolicies: "Enabled",
      }),
      resource(
        "azure-native:privatedns:PrivateZone",
        { privateZoneName: "app.private.postgres.database.azure.com" },
        "zone",
      ),
      resource(
        "azure-native:privatedns:VirtualNetworkLink",
        { privateZoneName: ref("zone.name"), virtualNetwork: { id: ref("vnet.id") } },
        "link",
      ),
      resource(
        "azure-native:dbforpostgresql:Server",
        {
          network: {
            delegatedSubnetResourceId: ref("stores.id"),
            privateDnsZoneArmResourceId: ref("zone.id"),
          },
        },
        "db",
      ),
      resource(
        "azure-native:redisenterprise:RedisEnterprise",
        { publicNetworkAccess: "Disabled" },
        "cache",
      ),
      resource(
        "azure-native:network:PrivateEndpoint",
        {
          subnet: { id: ref("endpoints.id") },
          privateLinkServiceConnections: [
            { privateLinkServiceId: ref("cache.id"), groupIds: ["redisEnterprise"] },
          ],
        },
        "endpoint",
      ),
      resource(
        "azure-native:privatedns:PrivateZone",
        { privateZoneName: "privatelink.redis.azure.net" },
        "cache-zone",
      ),
      resource(
        "azure-native:privatedns:VirtualNetworkLink",
        { privateZoneName: ref("cache-zone.name"), virtualNetwork: { id: ref("vnet.id") } },
        "cache-link",
      ),
      resource(
        "azure-native:network:PrivateDnsZoneGroup",
        {
          privateEndpointName: ref("endpoint.name"),
          privateDnsZoneConfigs: [{ privateDnsZoneId: ref("cache-zone.id") }],
        },
        "record",
      ),
      resource(
        "azure-native:app:ManagedEnvironment",
        { vnetConfiguration: { infrastructureSubnetId: ref("apps.id"), internal: true } },
        "environment",
      ),
      resource(
        "azure-native:app:ContainerApp",
        {
          environmentId: ref("environment.id"),
          configuration: { ingress: { external: true, targetPort: 8080 } },
          template: {
            containers: [
              {
                env: [
                  { name: "PGHOST", value: ref("db.fullyQualifiedDomainName") },
                  { name: "REDIS_HOST", value: ref("cache.hostName") },
                ],
              },
            ],
          },
        },
        "web",
      ),
      resource("azure-native:cdn:AFDEndpoint", {}, "front"),
      resource("azure-native:cdn:AFDOriginGroup", {}, "origins"),
      resource(
        "azure-native:cdn:AFDOrigin",
        {
          originGroupName: ref("origins.name"),
          hostName: ref("web.latestRevisionFqdn"),
          sharedPrivateLinkResource: { privateLink: { id: ref("environment.id") } },
        },
        "origin",
      ),
      resource(
        "azure-native:cdn:Route",
        { endpointName: ref("front.name"), originGroup: { id: ref("origins.id") } },
        "route",
      ),
    ],
    changes,
  );
}
