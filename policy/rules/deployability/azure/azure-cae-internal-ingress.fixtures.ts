import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const env = (vnetConfiguration: unknown) =>
  resource("azure-native:app:ManagedEnvironment", { vnetConfiguration }, "env");
const subnet = { infrastructureSubnetId: { ref: "s.id" } };
const app = (external: unknown) =>
  resource(
    "azure-native:app:ContainerApp",
    { environmentId: { ref: "env.id" }, configuration: { ingress: { external } } },
    "app",
  );
const origin = (more: object = {}) =>
  resource(
    "azure-native:cdn:AFDOrigin",
    { hostName: { ref: "app.configuration.ingress.fqdn" }, ...more },
    "origin",
  );
const zone = resource(
  "azure-native:network/v20200601:PrivateZone",
  { privateZoneName: { ref: "env.defaultDomain" } },
  "zone",
);
const link = { sharedPrivateLinkResource: { privateLink: { id: { ref: "env.id" } } } };

export const fixtures: Fixtures = {
  good: [
    env({ internal: true, ...subnet }),
    env({ internal: false }),
    passes(env({ internal: true, ...subnet }), app(true), origin(link)),
    passes(env({ internal: true, ...subnet }), app(true), zone),
    passes(env({ internal: true, ...subnet }), app(false)),
    passes(env({ ...subnet }), app(true), origin()),
  ],
  bad: [
    env({ internal: true }),
    env({ internal: "true" }),
    violates(env({ internal: true, ...subnet }), app(true), origin()),
    violates(env({ internal: true, ...subnet }), app(true)),
  ],
  missing: [passes(env(undefined)), passes(app(undefined))],
  unknown: [
    env({ internal: unknown }),
    waits(env({ internal: unknown, ...subnet }), app(true), origin()),
  ],
  wrongType: [passes(env("internal")), passes(env({ internal: "maybe" }))],
};
