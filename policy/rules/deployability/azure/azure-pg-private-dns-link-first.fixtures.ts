import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const vnet = (name = "vnet") => resource("azure-native:network:VirtualNetwork", {}, name);
const subnet = resource(
  "azure-native:network:Subnet",
  { virtualNetworkName: { ref: "vnet.name" } },
  "s",
);
const zone = resource("azure-native:privatedns:PrivateZone", { location: "global" }, "zone");
const link = (network = "vnet") =>
  resource(
    "azure-native:network/v20240601:VirtualNetworkLink",
    { privateZoneName: { ref: "zone.name" }, virtualNetwork: { id: { ref: `${network}.id` } } },
    "link",
  );
const server = (dependsOn: string[], zoneId: unknown = { ref: "zone.id" }) =>
  resource(
    "azure-native:dbforpostgresql:Server",
    {
      network: { delegatedSubnetResourceId: { ref: "s.id" }, privateDnsZoneArmResourceId: zoneId },
    },
    "pg",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(vnet(), subnet, zone, link(), server(["link"])),
    passes(resource("azure-native:dbforpostgresql:Server", { version: "16" })),
  ],
  bad: [
    violates(vnet(), subnet, zone, link(), server([])),
    violates(vnet(), subnet, zone, server([])),
    violates(vnet(), vnet("other"), subnet, zone, link("other"), server(["link"])),
    violates(vnet(), subnet, server([], null)),
  ],
  missing: [passes(resource("azure-native:dbforpostgresql:Server", {}))],
  unknown: [
    waits(vnet(), subnet, server([], unknown)),
    waits(vnet(), subnet, server([], "/subscriptions/0/privateDnsZones/a.b")),
    waits(resource("azure-native:dbforpostgresql:Server", { network: unknown })),
  ],
  wrongType: [passes(resource("azure-native:dbforpostgresql:Server", { network: "vnet" }))],
};
