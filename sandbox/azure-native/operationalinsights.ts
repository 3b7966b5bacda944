import type { FunctionRule, TypeTable } from "../lib/table";
import { arm, child, guid, named } from "./shared";

const WORKSPACE = "azure-native:operationalinsights:Workspace";

export const functions: Record<string, FunctionRule> = {
  "azure-native:operationalinsights:getSharedKeys": () => ({
    primarySharedKey: Buffer.from("simulated workspace key").toString("base64"),
    secondarySharedKey: Buffer.from("simulated second key").toString("base64"),
  }),
};

export const types: Record<string, TypeTable> = {
  [WORKSPACE]: arm({
    arm: "Microsoft.OperationalInsights/workspaces",
    name: named("workspaceName", 63),
    outputs: { customerId: guid },
    validate: ({ retentionInDays }) =>
      typeof retentionInDays === "number" && (retentionInDays < 7 || retentionInDays > 730)
        ? [{ property: "retentionInDays", reason: "must be between 7 and 730" }]
        : [],
  }),
  "azure-native:operationalinsights:Table": child({
    arm: "Microsoft.OperationalInsights/workspaces/tables",
    parents: ["workspaceName"],
    name: named("tableName", 63),
    references: { workspaceName: `${WORKSPACE}#name` },
    loose: ["workspaceName"],
  }),
};
