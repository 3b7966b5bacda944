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

interface Box {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** More boxes outside components than this can be told apart by nobody; those resources are then drawn by service. */
const READABLE = 40;

/** More components than this are drawn by service too. */
const READABLE_COMPONENTS = 120;

/** Groups resources and their dependencies into what a person can look at. */
export function groupResources(resources: readonly PlannedResource[]): Group[] {
  const shown = resources.filter((resource) => !isEngineResource(resource.type));
  const byUrn = new Map(shown.map((resource) => [resource.urn as string, resource]));
  const byName = new Map(shown.map((resource) => [resource.name, resource.urn as string]));
  const custom = shown.filter((resource) => resource.custom);
  const components = custom.map((resource) => componentOf(resource, byUrn));
  const byComponent = new Set(components).size <= READABLE_COMPONENTS;
  const byResource = components.filter((component) => component === undefined).length <= READABLE;
  const home = new Map<string, string>();
  const groups = new Map<string, Box & { urns: string[]; needs: Set<string> }>();
  custom.forEach((resource, index) => {
    const component = byComponent ? components[index] : undefined;
    const box = boxOf(resource, component, byComponent && byResource);
    const group = groups.get(box.id) ?? { ...box, urns: [], needs: new Set<string>() };
    groups.set(box.id, group);
    group.urns.push(resource.urn as string);
    home.set(resource.urn as string, box.id);
  });
  for (const resource of custom) {
    const own = home.get(resource.urn as string) as string;
    for (const target of targetsOf(resource)) {
      const other = home.get(target) ?? home.get(byName.get(target) ?? "");
      if (other !== undefined && other !== own) groups.get(own)?.needs.add(other);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, needs: [...group.needs] }));
}

/** The nearest component above a resource; parents that lead in a circle, as an edited file may have, lead nowhere. */
function componentOf(
  resource: PlannedResource,
  byUrn: ReadonlyMap<string, PlannedResource>,
): PlannedResource | undefined {
  const seen = new Set([resource]);
  for (let next = byUrn.get(resource.parent ?? ""); next !== undefined;) {
    if (!next.custom) return next;
    if (seen.has(next)) return undefined;
    seen.add(next);
    next = byUrn.get(next.parent ?? "");
  }
  return undefined;
}

function boxOf(
  resource: PlannedResource,
  component: PlannedResource | undefined,
  alone: boolean,
): Box {
  const shown = component ?? (alone ? resource : undefined);
  if (shown !== undefined) {
    return { id: shown.urn as string, name: shown.name ?? "", kind: lastOf(shown.type) };
  }
  const service = resource.type.split(/[:/]/).slice(0, 2).join(":");
  return { id: service, name: service, kind: "resources of one service" };
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
