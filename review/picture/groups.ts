import { isEngineResource, type PlannedResource } from "../input/plan";

/** A box of the picture: a component with all that belongs to it, or resources of one kind outside any component. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** Short type, for example `ManagedPostgres`. */
  readonly kind: string;
  readonly urns: readonly string[];
  /** Ids of the groups this one depends on. */
  readonly needs: readonly string[];
}

/** More boxes than this can be told apart by nobody; resources without a component are then drawn by service. */
const READABLE = 40;

/** Groups resources and their dependencies into what a person can look at. */
export function groupResources(resources: readonly PlannedResource[]): Group[] {
  const shown = resources.filter((resource) => !isEngineResource(resource.type));
  const boxes = shown.some((resource) => !resource.custom) || shown.length <= READABLE;
  const byUrn = new Map(shown.map((resource) => [resource.urn as string, resource]));
  const byName = new Map(shown.map((resource) => [resource.name, resource.urn as string]));
  const home = new Map<string, string>();
  const groups = new Map<
    string,
    { name: string; kind: string; urns: string[]; needs: Set<string> }
  >();
  for (const resource of shown) {
    if (!resource.custom) continue;
    const box = boxOf(resource, byUrn, boxes);
    const group = groups.get(box.id) ?? { ...box, urns: [], needs: new Set<string>() };
    groups.set(box.id, group);
    group.urns.push(resource.urn as string);
    home.set(resource.urn as string, box.id);
  }
  for (const resource of shown) {
    const own = home.get(resource.urn as string);
    if (own === undefined) continue;
    for (const target of targetsOf(resource)) {
      const other = home.get(target) ?? home.get(byName.get(target) ?? "");
      if (other !== undefined && other !== own) groups.get(own)?.needs.add(other);
    }
  }
  return [...groups].map(([id, { name, kind, urns, needs }]) => ({
    id,
    name,
    kind,
    urns,
    needs: [...needs],
  }));
}

function boxOf(
  resource: PlannedResource,
  byUrn: ReadonlyMap<string, PlannedResource>,
  alone: boolean,
): { id: string; name: string; kind: string } {
  const parent = byUrn.get(resource.parent ?? "");
  if (parent !== undefined && !parent.custom) {
    return { id: parent.urn as string, name: parent.name ?? "", kind: lastOf(parent.type) };
  }
  if (parent !== undefined) return boxOf(parent, byUrn, alone);
  if (alone)
    return { id: resource.urn as string, name: resource.name ?? "", kind: lastOf(resource.type) };
  const service = resource.type.split(/[:/]/).slice(0, 2).join(":");
  return { id: service, name: service, kind: "outside components" };
}

function lastOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** What a resource depends on: told by the engine, or by `{ref}` markers of a list. */
function targetsOf(resource: PlannedResource): string[] {
  const told = [
    ...(resource.dependencies ?? []),
    ...Object.values(resource.propertyDependencies ?? {}).flat(),
  ];
  const refs: string[] = [];
  collectRefs(resource.props, refs);
  return [...told, ...refs];
}

function collectRefs(value: unknown, refs: string[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === "ref" && typeof item === "string")
      refs.push(item.startsWith("urn:") ? item : (item.split(".")[0] as string));
    else collectRefs(item, refs);
  }
}
