import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const GUID = "4633458b-17de-408a-b874-0445c86b69e6";
const ROLE = `/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/${GUID}`;
const id = resource("azure-native:managedidentity:UserAssignedIdentity", {}, "id");
const app = resource(
  "azure-native:app:ContainerApp",
  { identity: { type: "SystemAssigned" } },
  "app",
);
const role = (props: object) =>
  resource("azure-native:authorization:RoleAssignment", {
    scope: "/subscriptions/0",
    principalId: "00000000-1111-2222-3333-444444444444",
    roleDefinitionId: ROLE,
    ...props,
  });
const made = { principalId: { ref: "id.principalId" } };

export const fixtures: Fixtures = {
  good: [
    passes(id, role({ ...made, principalType: "ServicePrincipal" })),
    passes(id, role({ ...made, principalType: "servicePrincipal", roleAssignmentName: GUID })),
    role({}),
    role({
      roleDefinitionId: {
        concat: ["/subscriptions/", { ref: "s.id" }, `/roleDefinitions/${GUID}`],
      },
    }),
  ],
  bad: [
    violates(id, role(made)),
    violates(id, role({ ...made, principalType: "User" })),
    violates(app, role({ principalId: { ref: "app.identity.principalId" } })),
    role({ roleDefinitionId: "Key Vault Secrets User" }),
    role({ roleDefinitionId: GUID }),
    role({ roleDefinitionId: { concat: [{ ref: "s.id" }, "/roleDefinitions/Contributor"] } }),
    role({ roleAssignmentName: "app-reads-vault" }),
  ],
  missing: [passes(role({ roleDefinitionId: undefined, principalId: undefined }))],
  unknown: [
    waits(id, role({ ...made, principalType: unknown })),
    passes(role({ roleDefinitionId: unknown, principalId: unknown })),
  ],
  wrongType: [passes(role({ roleDefinitionId: 7, roleAssignmentName: {} }))],
};
