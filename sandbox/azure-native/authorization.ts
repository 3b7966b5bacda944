import type { Draft, TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { guid } from "./shared";

const FULL_ROLE = /\/roleDefinitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const roleFailures = ({ roleDefinitionId }: Plain): { property: string; reason: string }[] =>
  typeof roleDefinitionId !== "string" || FULL_ROLE.test(roleDefinitionId)
    ? []
    : [
        {
          property: "roleDefinitionId",
          reason: `InvalidRoleDefinitionId: The role definition ID '${roleDefinitionId}' is not valid.`,
        },
      ];

export const types: Record<string, TypeTable> = {
  "azure-native:authorization:RoleAssignment": {
    id: (draft) =>
      `${draft.inputs.scope}/providers/Microsoft.Authorization/roleAssignments/` +
      (draft.inputs.roleAssignmentName ?? guid(draft)),
    replaceOn: ["scope", "principalId", "roleDefinitionId", "roleAssignmentName", "principalType"],
    validate: roleFailures,
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
