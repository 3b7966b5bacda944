import { profileOf } from "../../../lib/deployability/azure/front-door";
import { ENVIRONMENT, ORIGIN } from "../../../lib/deployability/azure/types";
import { hasProfiles } from "../../../lib/deployability/azure/workloads";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

export const rule = deployability({
  id: "azure-fd-private-link-approval",
  title: "An origin behind a private link has a Premium profile and an environment that offers it",
  fails: {
    when: "runtime",
    effect: "broken",
    answer:
      "every request gets 5xx from Front Door; the connection stays Pending until somebody approves it.",
  },
  fix: "Use sku Premium_AzureFrontDoor, groupId managedEnvironments and an environment with workloadProfiles, and approve the private endpoint connection of the environment after the update.",
  source:
    "https://learn.microsoft.com/azure/container-apps/front-door-custom-virtual-network-private-link",
  checkStack: ofEach([ORIGIN], (origin, graph) => {
    const link = origin.at("sharedPrivateLinkResource");
    return link.absent || link.unknown
      ? []
      : [...checkProfile(graph, origin), ...checkEnvironment(graph, origin)];
  }),
});

function checkProfile(graph: Graph, origin: Resource): Report[] {
  const sku = profileOf(graph, origin)?.at("sku.name");
  if (sku === undefined || sku.isWord("Premium_AzureFrontDoor")) return [];
  if (sku.unknown) return [undecided(sku)];
  return [
    {
      ...violation(
        origin.at("sharedPrivateLinkResource"),
        `private links are not offered with ${sku.text ?? "the profile's sku"}`,
      ),
      answer: "BadRequest: private link is only supported for Premium_AzureFrontDoor.",
    },
  ];
}

function checkEnvironment(graph: Graph, origin: Resource): Report[] {
  const link = origin.at("sharedPrivateLinkResource");
  const id = link.at("privateLink.id");
  const { resource: environment } = target(graph, origin, id, ENVIRONMENT);
  const isEnvironment =
    environment !== undefined || /\/managedEnvironments\/[^/]+$/i.test(id.text ?? "");
  if (!isEnvironment) return [];
  const group = link.at("groupId");
  const reports: Report[] = [];
  if (group.unknown) reports.push(undecided(group));
  else if (!group.isWord("managedEnvironments"))
    reports.push(
      violation(group, `groupId is ${group.text ?? "not set"}, not managedEnvironments`),
    );
  const profiles = environment === undefined ? true : hasProfiles(environment);
  if (typeof profiles === "object") reports.push(undecided(profiles));
  else if (!profiles)
    reports.push(
      violation(id, `${environment?.name ?? "the environment"} has no workload profiles`),
    );
  return reports;
}
