import type { TypeTable } from "../lib/table";
import { named } from "./shared";

const WORKSPACE = "azure-native:operationalinsights:Workspace";

export const types: Record<string, TypeTable> = {
  "azure-native:securityinsights:SentinelOnboardingState": {
    name: named("sentinelOnboardingStateName", 90, {
      within: ["resourceGroupName", "workspaceName"],
    }),
    id:
      "/subscriptions/{subscription}/resourceGroups/{in.resourceGroupName}/providers/" +
      "Microsoft.OperationalInsights/workspaces/{in.workspaceName}/providers/" +
      "Microsoft.SecurityInsights/onboardingStates/{name}",
    replaceOn: ["resourceGroupName", "workspaceName"],
    references: { workspaceName: `${WORKSPACE}#name` },
    loose: ["workspaceName"],
    outputs: { name: "{name}", type: "Microsoft.SecurityInsights/onboardingStates" },
  },
};
