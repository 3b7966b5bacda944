import { rule as globalLocation } from "../../policy/rules/deployability/azure/azure-global-location";
import type { TypeTable } from "../lib/table";
import { arm, named } from "./shared";

const GROUP = "azure-native:monitor:ActionGroup";
const COLLECTION = "azure-native:monitor:DataCollectionRule";

export const types: Record<string, TypeTable> = {
  [GROUP]: arm({
    arm: "Microsoft.Insights/actionGroups",
    name: named("actionGroupName", 260),
    rules: [globalLocation],
  }),
  "azure-native:monitor:MetricAlert": arm({
    arm: "Microsoft.Insights/metricAlerts",
    name: named("ruleName", 260),
    rules: [globalLocation],
    references: {
      "actions[*].actionGroupId": GROUP,
      "criteria.webTestId": "azure-native:applicationinsights:WebTest",
      "criteria.componentId": "azure-native:applicationinsights:Component",
    },
    loose: ["actions[*].actionGroupId", "criteria.webTestId", "criteria.componentId"],
  }),
  "azure-native:monitor:ScheduledQueryRule": arm({
    arm: "Microsoft.Insights/scheduledQueryRules",
    name: named("ruleName", 260),
    references: {
      "actions.actionGroups[*]": GROUP,
      "scopes[*]": "azure-native:operationalinsights:Workspace",
    },
    loose: ["actions.actionGroups[*]", "scopes[*]"],
  }),
  "azure-native:monitor:DiagnosticSetting": {
    name: { property: "name", auto: { separator: "", suffix: 8 }, within: ["resourceUri"] },
    id: "{in.resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    replaceOn: ["resourceUri"],
    references: { workspaceId: "azure-native:operationalinsights:Workspace" },
    loose: ["workspaceId"],
    outputs: { type: "Microsoft.Insights/diagnosticSettings" },
  },
  [COLLECTION]: arm({
    arm: "Microsoft.Insights/dataCollectionRules",
    name: named("dataCollectionRuleName", 260),
    replaceOn: ["kind"],
    references: {
      "destinations.logAnalytics[*].workspaceResourceId":
        "azure-native:operationalinsights:Workspace",
    },
    loose: ["destinations.logAnalytics[*].workspaceResourceId"],
    outputs: { immutableId: "dcr-{hex:32}" },
  }),
  "azure-native:monitor:DataCollectionRuleAssociation": {
    name: {
      property: "associationName",
      auto: { separator: "", suffix: 8 },
      within: ["resourceUri"],
    },
    id: "{in.resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{name}",
    replaceOn: ["resourceUri"],
    references: { dataCollectionRuleId: COLLECTION },
    outputs: { type: "Microsoft.Insights/dataCollectionRuleAssociations" },
  },
};
