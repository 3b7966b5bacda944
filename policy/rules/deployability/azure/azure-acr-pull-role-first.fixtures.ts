import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const ROLE_DEFINITIONS = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions";
const PULL = `${ROLE_DEFINITIONS}/7f951dda-4ed3-4680-a7ca-43fe172d538d`;
const SECRETS_USER = `${ROLE_DEFINITIONS}/4633458b-17de-408a-b874-0445c86b69e6`;

const id = resource("azure-native:managedidentity:UserAssignedIdentity", {}, "id");
const acr = (more: object = {}) =>
  resource("azure-native:containerregistry:Registry", { registryName: "acme", ...more }, "acr");
const role = (roleDefinitionId = PULL) =>
  resource(
    "azure-native:authorization:RoleAssignment",
    { principalId: { ref: "id.principalId" }, roleDefinitionId, scope: { ref: "acr.id" } },
    "role",
  );
const server = { ref: "acr.loginServer" };
const entry = { server, identity: { ref: "id.id" } };
const app = (registries: unknown, dependsOn: string[] = [], image: unknown = "nginx:1") =>
  resource(
    "azure-native:app:ContainerApp",
    { configuration: { registries }, template: { containers: [{ image }] } },
    "app",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(id, acr(), role(), app([entry], ["role"], { concat: [server, "/web:1"] })),
    passes(
      id,
      acr(),
      role(),
      app([{ ...entry, server: "acme.azurecr.io" }], ["role"], "acme.azurecr.io/web:1"),
    ),
    passes(acr({ anonymousPullEnabled: true }), app([], [], "acme.azurecr.io/web:1")),
    passes(app([{ server: "ghcr.io", username: "me", passwordSecretRef: "t" }])),
  ],
  bad: [
    violates(id, acr(), role(), app([entry])),
    violates(id, acr(), app([entry])),
    violates(id, acr(), role(SECRETS_USER), app([entry], ["role"])),
    violates(acr(), app([{ server, identity: "system" }])),
    violates(acr(), app([], [], { concat: [server, "/web:1"] })),
    violates(acr(), app(undefined, [], "acme.azurecr.io/web:1")),
  ],
  missing: [passes(resource("azure-native:app:Job", {}))],
  unknown: [
    waits(id, acr(), role(), app([{ ...entry, identity: unknown }])),
    waits(id, acr(), role(), app([{ ...entry, server: unknown }])),
    waits(
      id,
      acr(),
      role(),
      resource("azure-native:app:ContainerApp", { configuration: unknown }, "app", {
        propertyDependencies: { configuration: ["id", "acr"] },
      }),
    ),
    waits(app([{ server: "other.azurecr.io", identity: "/subscriptions/0/id" }])),
  ],
  wrongType: [passes(app("none")), passes(app([{ identity: "" }]))],
};
