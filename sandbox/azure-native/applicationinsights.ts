import type { TypeTable } from "../lib/table";
import { arm, guid, named } from "./shared";

export const types: Record<string, TypeTable> = {
  "azure-native:applicationinsights:Component": arm({
    arm: "Microsoft.Insights/components",
    name: named("resourceName", 260),
    references: { workspaceResourceId: "azure-native:operationalinsights:Workspace" },
    loose: ["workspaceResourceId"],
    outputs: { appId: guid, instrumentationKey: guid },
  }),
  "azure-native:applicationinsights:WebTest": arm({
    arm: "Microsoft.Insights/webtests",
    name: named("webTestName", 260),
    validate: ({ locations }) =>
      Array.isArray(locations) && locations.length === 0
        ? [{ property: "locations", reason: "must name at least one location" }]
        : [],
  }),
};
