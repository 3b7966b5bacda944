import type { Graph } from "../graph/graph";
import type { Resource } from "../resource";
import type { Node, NodeKind, Use } from "./model";

const COMPONENT = "portolan:components:";

/** What components of this project say they connect to: names and ports of `uses`, and files of `mounts`. */
export function declaredUses(graph: Graph, nodes: readonly Node[]): Use[] {
  const byComponent = new Map<Resource, Node[]>();
  for (const node of nodes) {
    const component = componentOf(graph, node.resource);
    if (component !== undefined)
      byComponent.set(component, [...(byComponent.get(component) ?? []), node]);
  }
  return [...byComponent].flatMap(([component, clients]) =>
    said(component).flatMap(({ name, port }) => {
      const targets = [...byComponent]
        .filter(([other]) => other.name === name && other.parent === component.parent)
        .flatMap(([other, members]) => {
          const entered = members.filter(({ resource }) => isEntry(other, resource));
          return mainOf(entered, ["store", "workload"]);
        });
      const ports = port === undefined ? [] : [port];
      const calling = clients.filter(({ resource }) => isEntry(component, resource));
      return mainOf(calling, ["job", "workload"]).flatMap((client) =>
        targets.map((target) => ({ client, target, ports, origin: "uses", declared: true })),
      );
    }),
  );
}

/** A mount names its files and no port: how they travel is the cloud's affair. */
const said = (component: Resource): { name: string | undefined; port?: number | undefined }[] => [
  ...component.at("uses").items.map((use) => ({
    name: use.at("name").text,
    port: use.at("port").number,
  })),
  ...component.at("mounts").entries.map(([, files]) => ({ name: files.text })),
];

/**
 * Whether a component's uses and callers mean this member of it: of a Docker host its entry alone, and never a container
 * that shares another one's network.
 */
export function isEntry(component: Resource, resource: Resource): boolean {
  if (!resource.type.startsWith("docker:")) return true;
  const mode = resource.at("networkMode");
  // Before the update only a mode made of another container's id is unknown.
  if (mode.unknown || /^container:/.test(mode.text ?? "")) return false;
  if (component.type !== `${COMPONENT}DockerHost`) return true;
  const entry = component.at("entry.container").text;
  return entry === undefined || resource.name === entry;
}

/** The members a component is made for: helpers stand beside them, such as what starts a job or backs a store up. */
function mainOf(members: readonly Node[], order: readonly NodeKind[]): Node[] {
  for (const kind of order) {
    const main = members.filter((node) => node.kind === kind);
    if (main.length > 0) return main;
  }
  return [];
}

/** The nearest component of this project above a resource. */
export function componentOf(graph: Graph, resource: Resource): Resource | undefined {
  const seen = new Set<Resource>();
  for (let next: Resource | undefined = resource; next !== undefined && !seen.has(next);) {
    if (next.type.startsWith(COMPONENT)) return next;
    seen.add(next);
    next = next.parent === undefined ? undefined : graph.find(next.parent);
  }
  return undefined;
}
