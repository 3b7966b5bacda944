import { rule as roleAssignmentForm } from "../../policy/rules/deployability/azure/azure-role-assignment-form";
import type { Draft, FunctionRule, TypeTable } from "../lib/table";
import { guid } from "./shared";

/** Who is deploying, in the simulated directory. */
const CLIENT = "00000000-0000-4000-8000-00000000c11e";

export const functions: Record<string, FunctionRule> = {
  "azure-native:authorization:getClientConfig": (_args, { place }) => ({
    clientId: CLIENT,
    objectId: CLIENT,
    subscriptionId: place.subscription,
    tenantId: place.tenant,
  }),
  "azure-native:authorization:getClientToken": () => ({ token: "simulated" }),
};

export const types: Record<string, TypeTable> = {
  "azure-native:authorization:RoleAssignment": {
    id: (draft) =>
      `${draft.inputs.scope}/providers/Microsoft.Authorization/roleAssignments/` +
      (draft.inputs.roleAssignmentName ?? guid(draft)),
    replaceOn: ["scope", "principalId", "roleDefinitionId", "roleAssignmentName", "principalType"],
    rules: [roleAssignmentForm],
    outputs: {
      name: ({ id }: Draft) => id.split("/").at(-1) ?? "",
      type: "Microsoft.Authorization/roleAssignments",
      createdOn: () => new Date().toISOString(),
    },
  },
  "azure-native:authorization:RoleDefinition": {
    id: (draft) =>
      `/subscriptions/${draft.place.subscription}/providers/Microsoft.Authorization/roleDefinitions/` +
      (draft.inputs.roleDefinitionId ?? guid(draft)),
    replaceOn: ["scope", "roleDefinitionId"],
    outputs: {
      name: ({ id }: Draft) => id.split("/").at(-1) ?? "",
      type: "Microsoft.Authorization/roleDefinitions",
    },
  },
  "azure-native:authorization:ManagementLockByScope": {
    name: { property: "lockName", max: 90, auto: { separator: "", suffix: 8 }, within: ["scope"] },
    id: "{in.scope}/providers/Microsoft.Authorization/locks/{name}",
    replaceOn: ["scope"],
    outputs: { name: "{name}", type: "Microsoft.Authorization/locks" },
  },
};
