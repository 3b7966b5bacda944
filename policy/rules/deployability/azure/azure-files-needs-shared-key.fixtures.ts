import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const account = (props: object) => resource("azure-native:storage:StorageAccount", props, "sa");
const storage = (properties: unknown = { azureFile: { accountName: { ref: "sa.name" } } }) =>
  resource(
    "azure-native:app:ManagedEnvironmentsStorage",
    { environmentName: { ref: "env.name" }, properties },
    "stg",
  );
const env = resource(
  "azure-native:app:ManagedEnvironment",
  { vnetConfiguration: { infrastructureSubnetId: { ref: "apps.id" } } },
  "env",
);
const subnet = (...services: string[]) =>
  resource(
    "azure-native:network:Subnet",
    { serviceEndpoints: services.map((service) => ({ service })) },
    "apps",
  );
const deny = (...subnets: string[]) => ({
  networkRuleSet: {
    defaultAction: "Deny",
    virtualNetworkRules: subnets.map((name) => ({
      virtualNetworkResourceId: { ref: `${name}.id` },
    })),
  },
});
const endpoint = resource("azure-native:network:PrivateEndpoint", {
  privateLinkServiceConnections: [{ privateLinkServiceId: { ref: "sa.id" }, groupIds: ["file"] }],
});
const nfs = { nfsAzureFile: { server: { ref: "sa.name" }, shareName: "/a/b" } };

export const fixtures: Fixtures = {
  good: [
    passes(account({}), storage()),
    passes(account({ allowSharedKeyAccess: true }), storage()),
    passes(account(deny("apps")), storage(), env, subnet("Microsoft.Storage")),
    passes(account({ publicNetworkAccess: "Disabled" }), storage(), endpoint),
    passes(account({ kind: "FileStorage", enableHttpsTrafficOnly: false }), storage(nfs)),
  ],
  bad: [
    violates(account({ allowSharedKeyAccess: false }), storage()),
    violates(account({ publicNetworkAccess: "Disabled" }), storage()),
    violates(account(deny()), storage()),
    violates(account(deny("apps")), storage(), env, subnet()),
    violates(
      account(deny("s2")),
      storage(),
      env,
      subnet(),
      resource("azure-native:network:Subnet", {}, "s2"),
    ),
    violates(account({ kind: "StorageV2" }), storage(nfs)),
  ],
  missing: [passes(account({}), storage(undefined)), passes(account({}), storage({}))],
  unknown: [
    waits(account({ allowSharedKeyAccess: unknown }), storage()),
    waits(account({ publicNetworkAccess: unknown }), storage()),
    waits(storage({ azureFile: { accountName: "elsewhere" } })),
  ],
  wrongType: [passes(account({ allowSharedKeyAccess: "no" }), storage())],
};
