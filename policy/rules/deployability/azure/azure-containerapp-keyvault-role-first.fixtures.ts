import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const USER =
  "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6";
const PULL =
  "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";

const id = resource("azure-native:managedidentity:UserAssignedIdentity", {}, "id");
const kv = (more: object = {}) =>
  resource("azure-native:keyvault:Vault", { properties: { ...more } }, "kv");
const secret = resource("azure-native:keyvault:Secret", { vaultName: { ref: "kv.name" } }, "dsn");
const role = (scope: unknown = { ref: "kv.id" }, roleDefinitionId = USER) =>
  resource(
    "azure-native:authorization:RoleAssignment",
    { principalId: { ref: "id.principalId" }, roleDefinitionId, scope },
    "role",
  );
const app = (dependsOn: string[], identity: unknown = { ref: "id.id" }, more: object = {}) =>
  resource(
    "azure-native:app:ContainerApp",
    {
      configuration: {
        secrets: [{ name: "dsn", keyVaultUrl: { ref: "dsn.properties.secretUri" }, identity }],
      },
      ...more,
    },
    "app",
    { opts: { dependsOn } },
  );

export const fixtures: Fixtures = {
  good: [
    passes(id, kv(), secret, role(), app(["role"])),
    passes(id, kv(), secret, role({ ref: "dsn.id" }), app(["role"])),
    passes(id, kv(), secret, role("/subscriptions/0/resourceGroups/rg"), app(["role"])),
    passes(id, kv({ accessPolicies: [{ objectId: { ref: "id.principalId" } }] }), secret, app([])),
  ],
  bad: [
    violates(id, kv(), secret, role(), app([])),
    violates(id, kv(), secret, app([])),
    violates(id, kv(), secret, role(undefined, PULL), app(["role"])),
    violates(kv(), secret, app([], "System")),
  ],
  missing: [passes(resource("azure-native:app:Job", { configuration: {} }))],
  unknown: [
    waits(id, kv(), secret, role(), app([], unknown)),
    waits(
      id,
      kv(),
      secret,
      role(),
      resource("azure-native:app:ContainerApp", { configuration: unknown }, "app", {
        propertyDependencies: { configuration: ["id", "dsn"] },
      }),
    ),
    passes(
      id,
      kv(),
      secret,
      role(),
      resource("azure-native:app:ContainerApp", { configuration: unknown }, "app", {
        propertyDependencies: { configuration: ["id", "dsn"] },
        dependencies: ["role"],
      }),
    ),
    waits(kv(), secret, app([], "/subscriptions/0/resourceGroups/rg/identities/other")),
  ],
  wrongType: [passes(resource("azure-native:app:Job", { configuration: { secrets: "none" } }))],
};
