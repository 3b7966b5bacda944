import { admitsSubnet, hasPrivateEndpoint } from "../../../lib/deployability/azure/firewalls";
import { SUBNET, VAULT, VAULT_SECRET, WORKLOADS } from "../../../lib/deployability/azure/types";
import { environmentOf, vaultReferences } from "../../../lib/deployability/azure/workloads";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "azure-keyvault-network",
  title: "A closed vault lets in the environment of the apps that read it",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "broken",
    answer:
      "InvalidParameterValueInContainerTemplate: Field 'configuration.secrets' is invalid with details: Unable to get value using Managed identity for secret.",
  },
  fix: "Add the environment's subnet (with the service endpoint Microsoft.KeyVault) to networkAcls.virtualNetworkRules, or a private endpoint for the vault; the AzureServices bypass does not cover Container Apps.",
  source: "https://github.com/microsoft/azure-container-apps/issues/739",
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const configuration = workload.at("configuration");
    const urls = configuration.unknown
      ? [configuration]
      : vaultReferences(workload).map(({ url }) => url);
    return urls.flatMap((url) =>
      vaultsAt(graph, workload, url).flatMap((vault) => check(graph, workload, url, vault)),
    );
  }),
});

/** A vault that cannot be made out in the plan may let anybody in. */
function vaultsAt(graph: Graph, workload: Resource, url: Value): Resource[] {
  const places = graph.links(workload, url, [VAULT_SECRET, VAULT]).resources;
  return [
    ...new Set(
      places.flatMap((place) =>
        place.type === VAULT
          ? [place]
          : (target(graph, place, place.at("vaultName"), VAULT).resource ?? []),
      ),
    ),
  ];
}

function check(graph: Graph, workload: Resource, url: Value, vault: Resource): Report[] {
  const access = vault.at("properties.publicNetworkAccess");
  const action = vault.at("properties.networkAcls.defaultAction");
  const isClosed = access.isWord("Disabled");
  if (!isClosed && !action.isWord("Deny")) {
    const [unknown] = [access, action].filter((value) => value.unknown);
    return unknown === undefined ? [] : [undecided(unknown)];
  }
  if (hasPrivateEndpoint(graph, vault)) return [];
  if (isClosed)
    return [violation(url, `${vault.name} is closed to the network and has no private endpoint`)];
  const environment = environmentOf(graph, workload).resource;
  const at = environment?.at("vnetConfiguration.infrastructureSubnetId");
  if (environment !== undefined && at?.absent === true)
    return [violation(url, `${environment.name} has no subnet that ${vault.name} could admit`)];
  const subnet = environment && at ? target(graph, environment, at, SUBNET).resource : undefined;
  return admitsSubnet(graph, vault, "properties.networkAcls", subnet, "Microsoft.KeyVault").map(
    (message) => violation(url, message),
  );
}
