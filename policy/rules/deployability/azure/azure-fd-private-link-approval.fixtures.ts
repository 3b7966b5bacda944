import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const profile = (name: unknown) => resource("azure-native:cdn:Profile", { sku: { name } }, "fd");
const env = (workloadProfiles: unknown = [{ name: "c", workloadProfileType: "Consumption" }]) =>
  resource("azure-native:app:ManagedEnvironment", { workloadProfiles }, "env");
const origin = (groupId: unknown = "managedEnvironments", id: unknown = { ref: "env.id" }) =>
  resource("azure-native:cdn:AFDOrigin", {
    profileName: { ref: "fd.name" },
    sharedPrivateLinkResource: { groupId, privateLink: { id } },
  });
const PREMIUM = "Premium_AzureFrontDoor";

export const fixtures: Fixtures = {
  good: [
    passes(profile(PREMIUM), env(), origin()),
    passes(profile(PREMIUM), origin("blob", "/subscriptions/0/storageAccounts/acme")),
  ],
  bad: [
    violates(profile("Standard_AzureFrontDoor"), env(), origin()),
    violates(profile(PREMIUM), env([]), origin()),
    violates(profile(PREMIUM), env(), origin("containerApps")),
    violates(profile(PREMIUM), origin(undefined, 7), env(), origin("x")),
  ],
  missing: [passes(resource("azure-native:cdn:AFDOrigin", {}))],
  unknown: [
    waits(profile(unknown), env(), origin()),
    waits(profile(PREMIUM), env(unknown), origin()),
    waits(profile(PREMIUM), env(), origin(unknown)),
  ],
  wrongType: [passes(profile(PREMIUM), origin(7, 7))],
};
