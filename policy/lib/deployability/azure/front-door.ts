import type { Graph } from "../../graph/graph";
import type { Resource } from "../../resource";
import { target } from "../target";
import { APP, FRONT_DOOR, ORIGIN, ORIGIN_GROUP } from "./types";

/** The profile something belongs to. */
export function profileOf(graph: Graph, part: Resource): Resource | undefined {
  return target(graph, part, part.at("profileName"), FRONT_DOOR).resource;
}

/** Origins of a group: those that name it, and those that name nobody knows which. */
export function originsOf(
  graph: Graph,
  group: Resource,
): { readonly own: readonly Resource[]; readonly loose: readonly Resource[] } {
  const own: Resource[] = [];
  const loose: Resource[] = [];
  for (const origin of graph.ofType(ORIGIN)) {
    const at = origin.at("originGroupName");
    const { resource } = target(graph, origin, at, ORIGIN_GROUP);
    // Two profiles may each have a group of that name; where there are ids, they tell which one it is.
    const inside = group.id !== undefined && origin.id?.startsWith(`${group.id}/`);
    if (inside || resource === group) own.push(origin);
    else if (resource === undefined && at.unknown) loose.push(origin);
  }
  return { own, loose };
}

/** The app an origin leads to: by reference, or by the first label of its host name in Container Apps' domain. */
export function appOf(graph: Graph, origin: Resource): Resource | undefined {
  const host = origin.at("hostName");
  const linked = target(graph, origin, host, APP).resource;
  if (linked !== undefined) return linked;
  const label = /^([a-z0-9-]+)\.(?:internal\.)?[^/]*azurecontainerapps\.io\.?$/i.exec(
    host.text ?? "",
  );
  if (label === null) return undefined;
  const named = graph
    .ofType(APP)
    .filter((app) =>
      [app.at("containerAppName").text, app.outputs.at("name").text, app.name].some(
        (name) => name?.toLowerCase() === label[1]?.toLowerCase(),
      ),
    );
  return named.length === 1 ? named[0] : undefined;
}
