import type { TypeTable } from "../lib/table";
import type { Plain } from "../lib/values";
import { arm, mustBeGlobal, named } from "./shared";

const GROUP = "azure-native:monitor:ActionGroup";
const COLLECTION = "azure-native:monitor:DataCollectionRule";
const WINDOWS = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];
const FREQUENCIES = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"];

function alertFailures(inputs: Plain): { property: string; reason: string }[] {
  const { windowSize, evaluationFrequency } = inputs;
  const failures = mustBeGlobal("microsoft.insights/metricAlerts")(inputs);
  if (typeof windowSize === "string" && !WINDOWS.includes(windowSize)) {
    failures.push({ property: "windowSize", reason: `must be one of ${WINDOWS.join(", ")}` });
  }
  if (typeof evaluationFrequency === "string" && !FREQUENCIES.includes(evaluationFrequency)) {
    failures.push({
      property: "evaluationFrequency",
      reason: `must be one of ${FREQUENCIES.join(", ")}`,
    });
  }
  return failures;
}

export const types: Record<string, TypeTable> = {
  [GROUP]: arm({
    arm: "Microsoft.Insights/actionGroups",
    name: named("actionGroupName", 260),
    validate: (inputs) => [
      ...mustBeGlobal("microsoft.insights/actiongroups")(inputs),
      ...(typeof inputs.groupShortName === "string" && inputs.groupShortName.length > 12
        ? [{ property: "groupShortName", reason: "must be at most 12 characters long" }]
        : []),
    ],
  }),
  "azure-native:monitor:MetricAlert": arm({
    arm: "Microsoft.Insights/metricAlerts",
    name: named("ruleName", 260),
    validate: alertFailures,
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
