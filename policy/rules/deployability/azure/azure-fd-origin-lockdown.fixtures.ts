import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const env = (props: object = {}) => resource("azure-native:app:ManagedEnvironment", props, "env");
const app = (external: unknown = true, more: object = {}, env: object[] = []) =>
  resource(
    "azure-native:app:ContainerApp",
    {
      environmentId: { ref: "env.id" },
      configuration: { ingress: { external, ...more } },
      template: { containers: [{ env }] },
    },
    "app",
  );
const origin = (hostName: unknown = { ref: "app.configuration.ingress.fqdn" }, more: object = {}) =>
  resource("azure-native:cdn:AFDOrigin", { hostName, ...more }, "origin");
const profile = resource("azure-native:cdn:Profile", {}, "fd");
const link = { sharedPrivateLinkResource: { privateLink: { id: { ref: "env.id" } } } };
const only = { ipSecurityRestrictions: [{ action: "Allow", ipAddressRange: "147.243.0.0/16" }] };
const told = [{ name: "EDGE", value: { ref: "fd.frontDoorId" } }];

export const fixtures: Fixtures = {
  good: [
    passes(env({ vnetConfiguration: { internal: true } }), app(), origin(undefined, link)),
    passes(env({ publicNetworkAccess: "Disabled" }), app(), origin()),
    passes(env(), app(true, only, told), origin(), profile),
    passes(env(), app(false), origin()),
    passes(env(), app(), origin("www.example.com")),
  ],
  bad: [
    violates(env(), app(), origin()),
    violates(env(), app(), origin("app.kind-sea.westeurope.azurecontainerapps.io")),
    violates(env(), app(true, only), origin()),
    violates(env(), app(true, {}, told), origin(), profile),
    violates(env({ vnetConfiguration: { internal: false } }), app("true"), origin()),
  ],
  missing: [passes(env(), resource("azure-native:app:ContainerApp", {}, "app"), origin())],
  unknown: [
    waits(env({ vnetConfiguration: { internal: unknown } }), app(), origin()),
    waits(env(), app(unknown), origin()),
    waits(app(), origin()),
  ],
  wrongType: [passes(env(), app("yes"), origin())],
};
