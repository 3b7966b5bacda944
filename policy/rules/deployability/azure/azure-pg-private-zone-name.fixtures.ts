import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const zone = (privateZoneName: unknown) =>
  resource("azure-native:privatedns:PrivateZone", { privateZoneName }, "zone");
const server = (zoneId: unknown = { ref: "zone.id" }, serverName: unknown = "acme-db") =>
  resource(
    "azure-native:dbforpostgresql:Server",
    {
      serverName,
      network: { delegatedSubnetResourceId: { ref: "s.id" }, privateDnsZoneArmResourceId: zoneId },
    },
    "pg",
  );
const id = (name: string) => `/subscriptions/0/resourceGroups/rg/privateDnsZones/${name}`;

export const fixtures: Fixtures = {
  good: [
    passes(zone("app.private.postgres.database.azure.com"), server()),
    passes(zone("App.Postgres.Database.Azure.com"), server()),
    passes(zone({ concat: [{ ref: "n.hex" }, ".postgres.database.azure.com"] }), server()),
    server(id("app.private.postgres.database.azure.com")),
  ],
  bad: [
    violates(zone("db.internal"), server()),
    violates(zone("privatelink.postgres.database.azure.com"), server()),
    violates(zone("postgres.database.azure.com"), server()),
    violates(zone("acme-db.postgres.database.azure.com"), server()),
    violates(zone(undefined), server()),
    violates(zone({ concat: [{ ref: "n.hex" }, ".example.com"] }), server()),
    server(id("db.internal")),
  ],
  missing: [passes(resource("azure-native:dbforpostgresql:Server", {}))],
  unknown: [waits(zone(unknown), server()), waits(server(unknown))],
  wrongType: [violates(zone(7), server())],
};
