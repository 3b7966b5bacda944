import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const identity = (name: string) =>
  resource("azure-native:managedidentity:UserAssignedIdentity", {}, name);
const app = (used: unknown, attached: unknown, type: unknown = "UserAssigned") =>
  resource("azure-native:app:ContainerApp", {
    configuration: { registries: [{ server: "acme.azurecr.io", identity: used }] },
    ...(attached === undefined ? {} : { identity: { type, userAssignedIdentities: attached } }),
  });
const system = (type: unknown) =>
  resource("azure-native:app:Job", {
    configuration: { secrets: [{ name: "s", keyVaultUrl: "https://v", identity: "System" }] },
    identity: { type },
  });
const ref = { ref: "id.id" };
const literal = "/subscriptions/0/resourceGroups/rg/providers/x/userAssignedIdentities/app";

export const fixtures: Fixtures = {
  good: [
    passes(identity("id"), app(ref, [ref])),
    passes(app(literal, [literal.toUpperCase()])),
    passes(app(literal, { [literal]: {} })),
    passes(identity("id"), app(ref, [ref], "SystemAssigned, UserAssigned")),
    system("SystemAssigned,UserAssigned"),
  ],
  bad: [
    violates(identity("id"), app(ref, undefined)),
    violates(identity("id"), identity("other"), app(ref, [{ ref: "other.id" }])),
    violates(identity("id"), app(ref, [ref], "SystemAssigned")),
    violates(app(literal, [`${literal}2`])),
    system("UserAssigned"),
    system(undefined),
  ],
  missing: [passes(app(undefined, undefined)), passes(resource("azure-native:app:Job", {}))],
  unknown: [
    waits(app(unknown, [literal])),
    waits(identity("id"), app(ref, [unknown])),
    waits(identity("id"), app(ref, unknown)),
    system(unknown),
  ],
  wrongType: [passes(app("", 7)), violates(app(literal, 7))],
};
