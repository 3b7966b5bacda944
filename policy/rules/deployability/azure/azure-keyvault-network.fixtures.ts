import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const vault = (properties: object) => resource("azure-native:keyvault:Vault", { properties }, "kv");
const secret = resource("azure-native:keyvault:Secret", { vaultName: { ref: "kv.name" } }, "dsn");
const app = (keyVaultUrl: unknown = { ref: "dsn.properties.secretUri" }) =>
  resource(
    "azure-native:app:ContainerApp",
    {
      environmentId: { ref: "env.id" },
      configuration: { secrets: [{ name: "dsn", keyVaultUrl, identity: "i" }] },
    },
    "app",
  );
const env = (vnetConfiguration?: object) =>
  resource("azure-native:app:ManagedEnvironment", { vnetConfiguration }, "env");
const inSubnet = env({ infrastructureSubnetId: { ref: "apps.id" } });
const subnet = (service: string, name = "apps") =>
  resource("azure-native:network:Subnet", { serviceEndpoints: [{ service }] }, name);
const deny = (virtualNetworkRules: unknown, more: object = {}) => ({
  networkAcls: { defaultAction: "deny", bypass: "AzureServices", virtualNetworkRules, ...more },
});
const endpoint = resource("azure-native:network:PrivateEndpoint", {
  privateLinkServiceConnections: [{ privateLinkServiceId: { ref: "kv.id" }, groupIds: ["vault"] }],
});
const rule = [{ id: { ref: "apps.id" } }];

export const fixtures: Fixtures = {
  good: [
    passes(vault({}), secret, app()),
    passes(vault(deny(rule)), secret, app(), inSubnet, subnet("Microsoft.KeyVault")),
    passes(vault({ publicNetworkAccess: "disabled" }), secret, app(), endpoint),
    passes(vault(deny([], { ipRules: [{ value: "203.0.113.7" }] })), secret, app()),
  ],
  bad: [
    violates(vault(deny(undefined)), secret, app()),
    violates(vault(deny(rule)), secret, app(), inSubnet, subnet("Microsoft.Storage")),
    violates(vault(deny(rule)), secret, app(), env(), subnet("Microsoft.KeyVault")),
    violates(
      vault(deny([{ id: { ref: "s2.id" } }])),
      secret,
      app(),
      inSubnet,
      subnet("Microsoft.KeyVault"),
      subnet("Microsoft.KeyVault", "s2"),
    ),
    violates(vault({ publicNetworkAccess: "Disabled" }), secret, app()),
  ],
  missing: [passes(vault(deny([])), secret, app(null))],
  unknown: [
    waits(vault({ publicNetworkAccess: unknown }), secret, app()),
    waits(vault({ networkAcls: unknown }), secret, app()),
    passes(vault(deny(unknown)), secret, app()),
  ],
  wrongType: [passes(vault({ networkAcls: "deny" }), secret, app())],
};
