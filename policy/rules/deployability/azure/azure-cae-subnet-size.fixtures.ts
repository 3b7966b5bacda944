import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const subnet = (props: object) => resource("azure-native:network:Subnet", props, "s");
const env = (more: object = {}, infrastructureSubnetId: unknown = { ref: "s.id" }) =>
  resource(
    "azure-native:app:ManagedEnvironment",
    { vnetConfiguration: { infrastructureSubnetId }, ...more },
    "env",
  );
const profiles = { workloadProfiles: [{ name: "c", workloadProfileType: "Consumption" }] };

export const fixtures: Fixtures = {
  good: [
    passes(subnet({ addressPrefix: "10.0.0.0/23" }), env()),
    passes(subnet({ addressPrefixes: ["10.0.0.0/27"] }), env(profiles)),
    passes(subnet({ addressPrefix: "10.0.0.0/21" }), env({ workloadProfiles: unknown })),
  ],
  bad: [
    violates(subnet({ addressPrefix: "10.0.0.0/26" }), env()),
    violates(subnet({ addressPrefixes: ["10.0.0.0/24"] }), env({ workloadProfiles: [] })),
    violates(subnet({ addressPrefix: "10.0.0.0/28" }), env(profiles)),
    violates(subnet({ addressPrefix: "10.0.0.0/28" }), env({ workloadProfiles: unknown })),
    violates(
      subnet({ addressPrefix: "10.0.0.0/23" }),
      env(),
      resource("azure-native:network:PrivateEndpoint", { subnet: { id: { ref: "s.id" } } }, "pe"),
    ),
  ],
  missing: [passes(env({ vnetConfiguration: undefined })), passes(subnet({}), env())],
  unknown: [
    waits(subnet({ addressPrefix: unknown }), env()),
    waits(subnet({ addressPrefix: "10.0.0.0/26" }), env({ workloadProfiles: unknown })),
    waits(env({}, unknown)),
    waits(env({}, "/subscriptions/0/resourceGroups/rg/subnets/s")),
  ],
  wrongType: [passes(subnet({ addressPrefix: "wide" }), env()), passes(env({}, 7))],
};
