import { ofEach } from "../../../lib/deployability/each";
import { IDENTITY, WORKLOADS } from "../../../lib/deployability/azure/types";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import type { Graph } from "../../../lib/graph/graph";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "azure-containerapp-identity-attached",
  title: "Identities an app uses for secrets and registries are attached to it",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "InvalidParameterValueInContainerTemplate: the managed identity is not assigned to the container app.",
  },
  fix: 'List the identity in identity.userAssignedIdentities with type "UserAssigned"; "system" needs a type with SystemAssigned.',
  source: "https://learn.microsoft.com/azure/container-apps/managed-identity",
  checkStack: ofEach(WORKLOADS, (workload, graph) =>
    ["configuration.registries[].identity", "configuration.secrets[].identity"]
      .flatMap((path) => valuesAt(workload.props, path))
      .filter((used) => used.present && used.text !== "")
      .flatMap((used) => check(graph, workload, used)),
  ),
});

function check(graph: Graph, workload: Resource, used: Value): Report[] {
  const identity = workload.at("identity");
  const kind = identity.at("type");
  if (used.isWord("system")) {
    if (kind.unknown) return [undecided(kind)];
    return /systemassigned/i.test(kind.text ?? "")
      ? []
      : [violation(used, "the app uses its own identity, but identity.type gives it none")];
  }
  const attached = identity.at("userAssignedIdentities");
  const names = graph.links(workload, used, [IDENTITY]);
  if (attached.absent && used.unknown && names.resources.length === 0) return [undecided(used)];
  if (attached.absent || (kind.text !== undefined && !/userassigned/i.test(kind.text)))
    return [
      violation(used, `identity attaches no user-assigned identity, but ${used.path} names one`),
    ];
  // Ids are the keys of a map in older versions of the API.
  const literals = attached.isObject
    ? attached.entries.map(([key]) => key)
    : attached.each.flatMap(({ text }) => text ?? []);
  if (used.text !== undefined && literals.some((id) => same(id, used.text ?? ""))) return [];
  const resources = graph.links(workload, attached, [IDENTITY]);
  if (names.resources.some((resource) => resources.resources.includes(resource))) return [];
  const [name] = names.resources;
  const open = [used, attached, ...attached.each].find(
    (value) => value.unknown && graph.links(workload, value, [IDENTITY]).resources.length === 0,
  );
  if (open !== undefined) return [undecided(open)];
  if (attached.isObject && name !== undefined && literals.length > 0) return [];
  return [violation(used, `${name?.name ?? used.text ?? "the identity"} is not attached to it`)];
}

/** Ids are the same in any letter case. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
