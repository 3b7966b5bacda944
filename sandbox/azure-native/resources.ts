import type { TypeTable } from "../lib/table";
import { runScript } from "./script-runs";
import { arm, named, refuseLocked } from "./shared";

const script = (name: string): TypeTable =>
  arm({
    arm: "Microsoft.Resources/deploymentScripts",
    name: named("scriptName", 90),
    outputs: {
      status: () => {
        const time = new Date().toISOString();
        return { startTime: time, endTime: time };
      },
      outputs: () => ({}),
    },
    changing: ["status"],
    create: (draft) => {
      runScript(draft, name);
      return {};
    },
    update: (draft, old) => {
      const tag = draft.inputs.forceUpdateTag;
      if (tag !== (old.inputs.forceUpdateTag as unknown)) runScript(draft, name);
      return {};
    },
    seconds: 120,
  });

export const types: Record<string, TypeTable> = {
  "azure-native:resources:ResourceGroup": {
    name: { ...named("resourceGroupName", 90), within: [] },
    id: "/subscriptions/{subscription}/resourceGroups/{name}",
    replaceOn: ["location"],
    outputs: {
      name: "{name}",
      location: "{location}",
      type: "Microsoft.Resources/resourceGroups",
      properties: () => ({ provisioningState: "Succeeded" }),
    },
    missing: "ResourceGroupNotFound: Resource group '{value}' could not be found.",
    exists: "Conflict: The resource group '{name}' already exists.",
    remove: refuseLocked,
  },
  "azure-native:resources:AzureCliScript": script("AzureCLI"),
  "azure-native:resources:AzurePowerShellScript": script("AzurePowerShell"),
};
