import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const ROLE_DEFINITIONS = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions";
const vault = (properties: unknown) =>
  resource("azure-native:keyvault:Vault", { properties }, "kv");
const role = (guid = "4633458b-17de-408a-b874-0445c86b69e6", scope: unknown = { ref: "kv.id" }) =>
  resource("azure-native:authorization:RoleAssignment", {
    principalId: "p",
    roleDefinitionId: `${ROLE_DEFINITIONS}/${guid}`,
    scope,
  });
const secret = resource("azure-native:keyvault:Secret", { vaultName: { ref: "kv.name" } }, "s");
const policy = resource("azure-native:keyvault:AccessPolicy", { vaultName: { ref: "kv.name" } });
const entry = { tenantId: "t", objectId: "o", permissions: { secrets: ["get"] } };

export const fixtures: Fixtures = {
  good: [
    passes(vault({ enableRbacAuthorization: true }), role()),
    passes(
      vault({ enableRbacAuthorization: true, accessPolicies: [] }),
      secret,
      role(undefined, { ref: "s.id" }),
    ),
    vault({ accessPolicies: [entry] }),
    passes(vault({ enableRbacAuthorization: false, accessPolicies: [] }), policy),
    passes(vault({ accessPolicies: [entry] }), role("f25e0fa2-a7c8-4377-a976-54943a77a395")),
  ],
  bad: [
    violates(vault({ accessPolicies: [] }), role()),
    violates(vault({ accessPolicies: [entry] }), secret, role(undefined, { ref: "s.id" })),
    vault({ enableRbacAuthorization: true, accessPolicies: [entry] }),
    violates(vault({ enableRbacAuthorization: true }), policy),
    vault({ sku: { name: "standard" } }),
  ],
  missing: [passes(vault(undefined))],
  unknown: [
    vault({ enableRbacAuthorization: unknown, accessPolicies: [entry] }),
    waits(vault({ enableRbacAuthorization: unknown }), role()),
    passes(vault({ enableRbacAuthorization: unknown })),
  ],
  wrongType: [passes(vault("roles")), violates(vault({ enableRbacAuthorization: "roles" }))],
};
