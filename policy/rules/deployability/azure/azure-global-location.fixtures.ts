import { passes, resource, unknown, violates, type Fixtures } from "../../../lib/fixture";

const zone = (location: unknown) =>
  resource("azure-native:network/v20200601:PrivateZone", { location });
const group = (location: unknown, groupShortName: unknown = "oncall") =>
  resource("azure-native:insights/v20230101:ActionGroup", { location, groupShortName });
const alert = (more: object) =>
  resource("azure-native:monitor:MetricAlert", {
    location: "global",
    windowSize: "PT5M",
    evaluationFrequency: "PT1M",
    ...more,
  });

export const fixtures: Fixtures = {
  good: [
    zone("global"),
    zone("Global"),
    group("Sweden Central"),
    alert({ scopes: ["/subscriptions/0/resourceGroups/rg/providers/x/y"] }),
    alert({ scopes: [unknown], evaluationFrequency: "PT5M" }),
    resource("azure-native:cdn:Profile", { location: "Global" }),
    resource("azure-native:cdn:Profile", { sku: { name: "Standard_Microsoft" } }),
  ],
  bad: [
    zone("westeurope"),
    resource("azure-native:cdn:AFDEndpoint", {}),
    resource("azure-native:cdn:Profile", { sku: { name: "Premium_AzureFrontDoor" } }),
    resource("azure-native:frontdoor:Policy", { location: "westeurope" }),
    group("westeurope"),
    group("global", "on-call-person"),
    alert({ windowSize: "PT1M", evaluationFrequency: "PT5M" }),
    alert({ windowSize: "PT10M" }),
    alert({ evaluationFrequency: "PT6H", windowSize: "P1D" }),
    alert({ scopes: ["acme-db"] }),
  ],
  missing: [violates(zone(undefined)), violates(group(undefined))],
  unknown: [zone(unknown), group("global", unknown), alert({ windowSize: unknown })],
  wrongType: [violates(zone(7)), passes(alert({ windowSize: 5, scopes: {} }))],
};
