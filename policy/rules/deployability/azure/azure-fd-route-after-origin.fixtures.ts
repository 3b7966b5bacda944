import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const group = resource("azure-native:cdn:AFDOriginGroup", {}, "group");
const origin = (more: object = {}) =>
  resource(
    "azure-native:cdn:AFDOrigin",
    { originGroupName: { ref: "group.name" }, hostName: "a.example.com", ...more },
    "origin",
  );
const route = (dependsOn: string[], more: object = {}) =>
  resource(
    "azure-native:cdn/v20240901:Route",
    { originGroup: { id: { ref: "group.id" } }, ...more },
    "route",
    { opts: { dependsOn } },
  );
const redirect = (supportedProtocols: unknown) =>
  resource("azure-native:cdn:Route", { httpsRedirect: "Enabled", supportedProtocols });

export const fixtures: Fixtures = {
  good: [
    passes(group, origin(), route(["origin"])),
    passes(group, origin({ enabledState: "Enabled" }), route(["origin"])),
    redirect(["Http", "Https"]),
    redirect(undefined),
  ],
  bad: [
    violates(group, origin(), route([])),
    violates(group, route([])),
    violates(group, origin({ enabledState: "Disabled" }), route(["origin"])),
    redirect(["Https"]),
  ],
  missing: [passes(resource("azure-native:cdn:Route", {}))],
  unknown: [
    waits(group, route([], { originGroup: { id: unknown } })),
    waits(group, origin({ originGroupName: unknown }), route([])),
    redirect([unknown]),
  ],
  wrongType: [passes(resource("azure-native:cdn:Route", { originGroup: "group" }))],
};
