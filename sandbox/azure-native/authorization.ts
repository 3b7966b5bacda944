import { rule as roleAssignmentForm } from "../../policy/rules/deployability/azure/azure-role-assignment-form";
import type { Draft, TypeTable } from "../lib/table";
import { guid } from "./shared";

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
