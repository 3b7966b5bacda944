import type { Graph } from "../graph/graph";
import type { Context, Rule } from "../rule";
import { forTypes, type Report } from "../rule";
import type { Resource } from "../resource";
import type { Settings } from "../settings";
import { AWS_OPENING_TYPES, awsOpenings, PREFIX_LIST, prefixOpenings } from "./aws";
import { groupOpenings, NSG_RULE_TYPES, NSG_TYPES, ruleOpenings } from "./azure";
import { GCP_OPENING_TYPES, gcpOpenings } from "./gcp";
import { reportOpenings, type PortFilter } from "./report";

/**
 * The checks of a rule about ports that firewalls open to the world. Security groups only ever add ways in, so each
 * decides by itself; where another rule can refuse first (Azure's separate rules, Google Cloud) the stack decides.
 */
export function firewallChecks(
  filterFor: (settings: Settings) => PortFilter,
): Pick<Rule, "check" | "checkStack"> {
  const runStack = (graph: Graph, { settings }: Context): (Report & { resource: Resource })[] => {
    const filter = filterFor(settings);
    const sources = [
      ...ruleOpenings(graph, settings),
      ...gcpOpenings(graph, settings),
      ...prefixOpenings(graph),
    ];
    return sources.flatMap(({ resource, openings }) =>
      reportOpenings(openings, settings, filter).map((report) => ({ ...report, resource })),
    );
  };
  return {
    check: {
      ...forTypes(AWS_OPENING_TYPES, (resource, { settings }) =>
        reportOpenings(awsOpenings(resource), settings, filterFor(settings)),
      ),
      ...forTypes(NSG_TYPES, (resource, { settings }) =>
        reportOpenings(groupOpenings(resource, settings), settings, filterFor(settings)),
      ),
    },
    checkStack: { types: [...NSG_RULE_TYPES, ...GCP_OPENING_TYPES, PREFIX_LIST], run: runStack },
  };
}
