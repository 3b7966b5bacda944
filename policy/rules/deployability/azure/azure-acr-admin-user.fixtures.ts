import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const acr = (props: object) => resource("azure-native:containerregistry:Registry", props, "acr");
const app = (username: unknown) =>
  resource("azure-native:app:ContainerApp", {
    configuration: {
      registries: [{ server: { ref: "acr.loginServer" }, username, passwordSecretRef: "acr" }],
      secrets: [{ name: "acr", value: unknown }],
    },
  });
const endpoint = resource(
  "azure-native:network:PrivateEndpoint",
  { privateLinkServiceConnections: [{ privateLinkServiceId: { ref: "acr.id" } }] },
  "pe",
);

export const fixtures: Fixtures = {
  good: [
    passes(acr({ adminUserEnabled: true }), app({ ref: "acr.name" })),
    passes(acr({ registryName: "acme" }), app("00000000-1111-2222-3333-444444444444")),
    acr({ sku: { name: "premium" }, publicNetworkAccess: "Disabled" }),
    passes(acr({ sku: { name: "Premium" } }), endpoint),
    acr({ sku: { name: "Basic" }, publicNetworkAccess: "Enabled" }),
  ],
  bad: [
    violates(acr({}), app({ ref: "acr.name" })),
    violates(acr({ adminUserEnabled: false, registryName: "acme" }), app("acme")),
    acr({ sku: { name: "Standard" }, publicNetworkAccess: "Disabled" }),
    acr({ sku: { name: "Basic" }, networkRuleSet: { defaultAction: "Deny" } }),
    violates(acr({ sku: { name: "Standard" } }), endpoint),
  ],
  missing: [passes(acr({}), app(undefined)), passes(acr({ publicNetworkAccess: "Disabled" }))],
  unknown: [
    waits(acr({ adminUserEnabled: unknown }), app({ ref: "acr.name" })),
    acr({ sku: { name: unknown }, publicNetworkAccess: "Disabled" }),
  ],
  wrongType: [passes(acr({ sku: 5 }), app(5))],
};
