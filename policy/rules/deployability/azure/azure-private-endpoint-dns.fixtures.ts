import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const endpoint = (group: unknown = "vault") =>
  resource(
    "azure-native:network:PrivateEndpoint",
    {
      privateLinkServiceConnections: [
        { privateLinkServiceId: { ref: "kv.id" }, groupIds: [group] },
      ],
    },
    "pe",
  );
const zone = (privateZoneName: unknown = "privatelink.vaultcore.azure.net") =>
  resource("azure-native:privatedns:PrivateZone", { privateZoneName }, "zone");
const link = resource(
  "azure-native:privatedns:VirtualNetworkLink",
  { privateZoneName: { ref: "zone.name" } },
  "link",
);
const group = (privateDnsZoneId: unknown = { ref: "zone.id" }, of: unknown = { ref: "pe.name" }) =>
  resource(
    "azure-native:network:PrivateDnsZoneGroup",
    { privateEndpointName: of, privateDnsZoneConfigs: [{ privateDnsZoneId }] },
    "group",
  );
const id = (name: string) => `/subscriptions/0/resourceGroups/hub/privateDnsZones/${name}`;

export const fixtures: Fixtures = {
  good: [
    passes(endpoint(), zone(), link, group()),
    passes(endpoint("Vault"), zone("privatelink.VaultCore.azure.net"), link, group()),
    passes(endpoint("other"), zone("privatelink.other.azure.net"), link, group()),
  ],
  bad: [
    violates(endpoint()),
    violates(endpoint(), zone(), link),
    violates(endpoint(), zone(), group()),
    violates(endpoint(), zone("privatelink.vault.azure.com"), link, group()),
    violates(endpoint("registry"), zone(), link, group()),
    violates(endpoint(), group(id("privatelink.azurecr.io"))),
  ],
  missing: [violates(resource("azure-native:network:PrivateEndpoint", {}))],
  unknown: [
    waits(endpoint(), zone(), link, group(undefined, unknown)),
    waits(endpoint(), zone(), link, group(unknown)),
    passes(endpoint(unknown), zone(), link, group()),
    waits(endpoint(), group(id("privatelink.vaultcore.azure.net"))),
  ],
  wrongType: [passes(endpoint(7), zone(8), link, group())],
};
