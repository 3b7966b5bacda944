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
  "azure-native:operationalinsights:DataExport": child({
    arm: "Microsoft.OperationalInsights/workspaces/dataExports",
    parents: ["workspaceName"],
    name: named("dataExportName", 63),
    references: {
      workspaceName: `${WORKSPACE}#name`,
      resourceId: "azure-native:storage:StorageAccount",
    },
    loose: ["workspaceName", "resourceId"],
    validate: ({ tableNames }) =>
      Array.isArray(tableNames) && tableNames.length === 0
        ? [{ property: "tableNames", reason: "must name at least one table" }]
        : [],
  }),
};
