import { ofEach } from "../../../lib/deployability/each";
import { assignmentsOf, ROLES } from "../../../lib/deployability/azure/identities";
import { registryOf } from "../../../lib/deployability/azure/registries";
import { IDENTITY, REGISTRY, WORKLOADS } from "../../../lib/deployability/azure/types";
import { containersOf } from "../../../lib/deployability/azure/workloads";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

const PULLERS = [
  ROLES.acrPull,
  ROLES.acrPush,
  ROLES.acrRepositoryReader,
  ROLES.owner,
  ROLES.contributor,
  ROLES.reader,
];

export const rule = deployability({
  id: "azure-acr-pull-role-first",
  title: "An app that pulls from a registry waits for the AcrPull role of its identity",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValueInContainerTemplate: Field 'template.containers.image' is invalid with details: UNAUTHORIZED: authentication required.",
  },
  fix: "Assign AcrPull on the registry to the user-assigned identity named in configuration.registries, and let the app depend on the assignment (dependsOn).",
  source: "https://learn.microsoft.com/azure/container-apps/managed-identity-image-pull",
  checkStack: ofEach(WORKLOADS, (workload, graph) => {
    const registries = workload.at("configuration.registries");
    if (registries.unknown) return checkUnknown(graph, workload, registries);
    const entries = registries.items;
    return [
      ...entries.flatMap((entry) => checkEntry(graph, workload, entry)),
      ...checkImages(graph, workload, entries),
    ];
  }),
});

function checkEntry(graph: Graph, workload: Resource, entry: Value): Report[] {
  const identity = entry.at("identity");
  if (identity.absent || identity.text === "") return [];
  const { resource: registry, open } = registryOf(graph, workload, entry.at("server"));
  if (registry === undefined) return [...open];
  if (identity.isWord("system"))
    return [
      violation(
        identity,
        `the app's own identity pulls from ${registry.name}, and has no role before the app exists`,
      ),
    ];
  const puller = target(graph, workload, identity, IDENTITY);
  if (puller.resource === undefined) return [...puller.open];
  const grants = assignmentsOf(graph, puller.resource, [registry], PULLERS);
  const before = graph.closure(workload);
  if (grants.some((grant) => before.has(grant))) return [];
  const [later] = grants;
  const names = `${puller.resource.name} on ${registry.name}`;
  return [
    later === undefined
      ? violation(identity, `nothing in the plan gives AcrPull to ${names}`)
      : violation(identity, `nothing makes it wait for ${later.name}, the role of ${names}`),
  ];
}

/** An image of a registry of the plan needs an entry that says how to log in there. */
function checkImages(graph: Graph, workload: Resource, entries: readonly Value[]): Report[] {
  const known = entries.map((entry) => registryOf(graph, workload, entry.at("server")).resource);
  return containersOf(workload).flatMap((container) => {
    const image = container.at("image");
    const { resource: registry } = registryOf(graph, workload, image);
    if (registry === undefined || known.includes(registry)) return [];
    if (registry.at("anonymousPullEnabled").boolean === true) return [];
    if (entries.some((entry) => entry.at("server").unknown)) return [undecided(image)];
    return [violation(image, `configuration.registries has no entry for ${registry.name}`)];
  });
}

/** Where the list is unknown, the resources behind it are all there is to go by. */
function checkUnknown(graph: Graph, workload: Resource, registries: Value): Report[] {
  const found = graph.links(workload, registries, [REGISTRY]).resources;
  const pullers = graph.links(workload, registries, [IDENTITY]).resources;
  const before = graph.closure(workload);
  const settled = found.every((registry) =>
    pullers.some((puller) =>
      assignmentsOf(graph, puller, [registry], PULLERS).some((grant) => before.has(grant)),
    ),
  );
  return settled ? [] : [undecided(registries)];
}
