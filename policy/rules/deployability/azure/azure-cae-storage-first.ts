import { ofEach } from "../../../lib/deployability/each";
import {
  ENVIRONMENT,
  ENVIRONMENT_STORAGE,
  WORKLOADS,
} from "../../../lib/deployability/azure/types";
import { containersOf, environmentOf } from "../../../lib/deployability/azure/workloads";
import { valuesAt } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { target } from "../../../lib/deployability/target";
import type { Graph } from "../../../lib/graph/graph";
import { forTypes, undecided, violation, type Report } from "../../../lib/rule";
import type { Resource } from "../../../lib/resource";
import type { Value } from "../../../lib/value/value";

export const rule = deployability({
  id: "azure-cae-storage-first",
  title: "Volumes name storage of the environment that is there before the app",
  confidence: "medium",
  fails: {
    when: "create",
    effect: "error",
    answer:
      "400 from Microsoft.App: the storage the volume refers to is not defined in the environment.",
  },
  fix: "Create a ManagedEnvironmentsStorage in the app's environment and pass its name as storageName; mount only volumes of template.volumes.",
  source: "https://learn.microsoft.com/azure/container-apps/storage-mounts",
  check: forTypes(WORKLOADS, (workload) => {
    const volumes = workload.at("template.volumes");
    if (volumes.unknown) return [];
    const names = volumes.each.map((volume) => volume.at("name"));
    if (names.some((name) => name.unknown)) return [];
    const known = new Set(names.map(({ text }) => text));
    const mounts = containersOf(workload)
      .flatMap((container) => valuesAt(container, "volumeMounts[].volumeName"))
      .filter((name) => name.text !== undefined && !known.has(name.text))
      .map((name) => ({
        ...violation(name, `template.volumes has no volume "${name.text}"`),
        answer: `400 from Microsoft.App: volume '${name.text}' of a mount is not defined.`,
      }));
    return [...mounts, ...volumes.items.filter(isShare).flatMap(checkNamed)];
  }),
  checkStack: ofEach(WORKLOADS, (workload, graph) =>
    workload
      .at("template.volumes")
      .items.filter(isShare)
      .flatMap((volume) => checkVolume(graph, workload, volume.at("storageName"))),
  ),
});

function isShare(volume: Value): boolean {
  return volume.at("storageType").isWord("AzureFile", "NfsAzureFile");
}

function checkNamed(volume: Value): Report[] {
  const name = volume.at("storageName");
  return name.absent || name.text === ""
    ? [violation(volume, "a volume of a file share needs storageName")]
    : [];
}

function checkVolume(graph: Graph, workload: Resource, name: Value): Report[] {
  if (name.absent) return [];
  const linked = graph.links(workload, name, [ENVIRONMENT_STORAGE]);
  if (name.unknown) return linked.resources.length > 0 ? [] : [undecided(name)];
  const environment = environmentOf(graph, workload);
  const same = graph
    .ofType(ENVIRONMENT_STORAGE)
    .filter((storage) => storageName(storage) === name.text)
    .filter((storage) => isIn(graph, storage, environment.resource));
  const before = graph.closure(workload);
  if (same.some((storage) => before.has(storage))) return [];
  const [later] = same;
  if (later !== undefined)
    return [violation(name, `nothing makes it wait for ${later.name}, the storage "${name.text}"`)];
  if (environment.resource === undefined) return [...environment.open];
  return [
    violation(name, `${environment.resource.name} has no storage "${name.text}" in the plan`),
  ];
}

function storageName(storage: Resource): string | undefined {
  return storage.at("storageName").text ?? storage.outputs.at("name").text;
}

function isIn(graph: Graph, storage: Resource, environment: Resource | undefined): boolean {
  if (environment === undefined) return true;
  const own = target(graph, storage, storage.at("environmentName"), ENVIRONMENT).resource;
  return own === undefined || own === environment;
}
