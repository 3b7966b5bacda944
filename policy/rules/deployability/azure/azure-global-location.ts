import {
  ENDPOINT,
  FRONT_DOOR,
  WAF_POLICY,
  ZONE,
  ZONE_LINK,
} from "../../../lib/deployability/azure/types";
import { deployability } from "../../../lib/deployability/rule";
import { mustMatch } from "../../../lib/deployability/values";
import { forTypes, undecided, violation, type Check, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

const ACTION_GROUP = "azure-native:monitor:ActionGroup";
const METRIC_ALERT = "azure-native:monitor:MetricAlert";

/** What exists once for the world. */
const GLOBAL: Readonly<Record<string, string>> = {
  [ZONE]: "Microsoft.Network/privateDnsZones",
  [ZONE_LINK]: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
  [ENDPOINT]: "Microsoft.Cdn/profiles/afdEndpoints",
  [WAF_POLICY]: "Microsoft.Network/frontdoorWebApplicationFirewallPolicies",
};

/** Regions that have action groups and metric alerts of their own. */
const REGIONAL = [
  "swedencentral",
  "germanywestcentral",
  "northcentralus",
  "southcentralus",
  "eastus2",
  "eastus2euap",
  "southindia",
  "centralindia",
];

const WINDOWS = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];
const FREQUENCIES = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"];

const mustBeGlobal =
  (type: string, others: readonly string[] = []): Check =>
  (resource) => {
    const location = resource.at("location");
    if (location.unknown) return [undecided(location)];
    const text = (location.text ?? "").replace(/\s/g, "").toLowerCase();
    if (text === "global" || others.includes(text)) return [];
    const given = location.text ?? "the resource group's region";
    const message = location.absent
      ? "without a location the provider takes the resource group's region"
      : `${given} is not "global"`;
    return [
      {
        ...violation(location, message),
        answer: `LocationNotAvailableForResourceType: The provided location '${given}' is not available for resource type '${type}'. List of available regions for the resource type is 'global'.`,
      },
    ];
  };

/** Profiles of the networks that were there before Front Door have a region, which says where their settings are kept. */
const checkProfile: Check = (profile, context) => {
  const sku = profile.at("sku.name").text;
  const isOlder = sku !== undefined && !/AzureFrontDoor$/i.test(sku);
  return isOlder ? [] : mustBeGlobal("Microsoft.Cdn/profiles")(profile, context);
};

export const rule = deployability({
  id: "azure-global-location",
  title: "What is global in Azure says so, and alerts have the periods and names on offer",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "LocationNotAvailableForResourceType: The provided location is not available for the resource type.",
  },
  fix: 'Set location to "global"; keep groupShortName to 12 characters, and windowSize at least evaluationFrequency.',
  source: "https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups",
  check: {
    ...Object.fromEntries(Object.entries(GLOBAL).map(([type, arm]) => [type, mustBeGlobal(arm)])),
    [FRONT_DOOR]: checkProfile,
    ...forTypes([ACTION_GROUP], (group, context) => [
      ...mustBeGlobal("microsoft.insights/actiongroups", REGIONAL)(group, context),
      ...answered(
        "BadRequest: The group short name must be at most 12 characters.",
        mustMatch(
          group.at("groupShortName"),
          /^.{0,12}$/s,
          (text) => `groupShortName "${text}" is longer than 12 characters`,
        ),
      ),
    ]),
    ...forTypes([METRIC_ALERT], (alert, context) => [
      ...mustBeGlobal("microsoft.insights/metricAlerts", REGIONAL)(alert, context),
      ...answered("BadRequest: the alert's window, frequency or scope is not valid.", [
        ...checkPeriods(alert.at("windowSize"), alert.at("evaluationFrequency")),
        ...alert
          .at("scopes")
          .each.flatMap((scope) =>
            scope.unknown
              ? []
              : mustMatch(scope, /^\//, (text) => `scope "${text}" is no full resource id`),
          ),
      ]),
    ]),
  },
});

function answered(answer: string, reports: readonly Report[]): Report[] {
  return reports.map((report) => ({ ...report, answer }));
}

function checkPeriods(window: Value, frequency: Value): Report[] {
  const [unknown] = [window, frequency].filter((value) => value.unknown);
  if (unknown !== undefined) return [undecided(unknown)];
  const wrong = [...checkAmong(window, WINDOWS), ...checkAmong(frequency, FREQUENCIES)];
  const size = WINDOWS.indexOf(window.text?.toUpperCase() ?? "PT5M");
  const every = WINDOWS.indexOf(frequency.text?.toUpperCase() ?? "PT1M");
  if (wrong.length > 0 || window.absent || frequency.absent || size >= every) return wrong;
  return [violation(window, `windowSize ${window.text} is shorter than ${frequency.text}`)];
}

function checkAmong(value: Value, offered: readonly string[]): Report[] {
  if (value.text === undefined || value.isWord(...offered)) return [];
  return [violation(value, `${value.path} ${value.text} is none of ${offered.join(", ")}`)];
}
