import { ofEach } from "../../../lib/deployability/each";
import { assignmentsOf, ROLES } from "../../../lib/deployability/azure/identities";
import {
  ACCESS_POLICY,
  IDENTITY,
  VAULT,
  VAULT_SECRET,
  WORKLOADS,
} from "../../../lib/deployability/azure/types";
import { vaultReferences, type VaultReference } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";

const READERS = [
  ROLES.keyVaultAdministrator,
  ROLES.keyVaultSecretsOfficer,
  ROLES.keyVaultSecretsUser,
];

export const rule = deployability({
  id: "azure-containerapp-keyvault-role-first",
  title: "An app that reads a Key Vault waits for the role of its identity",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValueInContainerTemplate: Field 'configuration.secrets' is invalid with details: Unable to get value using Managed identity for secret.",
  },
  fix: "Give a user-assigned identity the role Key Vault Secrets User on the vault, and let the app depend on the role assignment (dependsOn).",
  source: "https://github.com/microsoft/azure-container-apps/issues/1174",
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const configuration = workload.at("configuration");
    if (configuration.unknown) return checkUnknown(workload, graph);
    return vaultReferences(workload).flatMap((reference) => check(graph, workload, reference));
  }),
});

function check(graph: Graph, workload: Resource, reference: VaultReference): Report[] {
  const { identity, label, url } = reference;
  if (identity.isWord("system"))
    return [
      violation(
        identity,
        `secret ${label} is read by the app's own identity, which has no role before the app exists`,
      ),
    ];
  const reader = target(graph, workload, identity, IDENTITY);
  if (reader.resource === undefined) return [...reader.open];
  const places = target(graph, workload, url, VAULT_SECRET, VAULT);
  if (places.resource === undefined) return [...places.open];
  const vault = vaultOf(graph, places.resource);
  const before = graph.closure(workload);
  const grants = grantsOn(graph, reader.resource, places.resource, vault);
  if (grants.some((grant) => before.has(grant))) return [];
  const [later] = grants;
  if (later !== undefined)
    return [violation(url, `nothing makes it wait for ${later.name}, which lets it read ${label}`)];
  const names = `${reader.resource.name} on ${vault?.name ?? places.resource.name}`;
  return hasPolicies(vault) ? [] : [violation(url, `nothing in the plan gives a role to ${names}`)];
}

/** Where the whole configuration is unknown, the resources behind it are all there is to go by. */
function checkUnknown(workload: Resource, graph: Graph): Report[] {
  const configuration = workload.at("configuration");
  const secrets = graph.links(workload, configuration, [VAULT_SECRET]).resources;
  const readers = graph.links(workload, configuration, [IDENTITY]).resources;
  if (secrets.length === 0) return [];
  const before = graph.closure(workload);
  const settled = secrets.every((secret) => {
    const vault = vaultOf(graph, secret);
    const grants = readers.flatMap((reader) => grantsOn(graph, reader, secret, vault));
    return hasPolicies(vault) || grants.some((grant) => before.has(grant));
  });
  return settled ? [] : [undecided(configuration)];
}

function grantsOn(
  graph: Graph,
  reader: Resource,
  secret: Resource,
  vault: Resource | undefined,
): Resource[] {
  const scopes = vault === undefined ? [secret] : [secret, vault];
  const policies = graph
    .ofType(ACCESS_POLICY)
    .filter((policy) => graph.links(policy, policy.props, [IDENTITY]).resources.includes(reader));
  return [...assignmentsOf(graph, reader, scopes, READERS), ...policies];
}

function vaultOf(graph: Graph, place: Resource): Resource | undefined {
  if (place.type === VAULT) return place;
  return target(graph, place, place.at("vaultName"), VAULT).resource;
}

/** A vault that names who may read it is made before the app that reads it. */
function hasPolicies(vault: Resource | undefined): boolean {
  const policies = vault?.at("properties.accessPolicies");
  return policies !== undefined && (policies.unknown || policies.each.length > 0);
}
