import type { Resource } from "../resources";

/** A stack of any size: a real system's resources again and again, each copy with links to its own. */
export function stackOf(resources: readonly Resource[], size: number): Resource[] {
  return Array.from({ length: size }, (_, index) => {
    const copy = Math.floor(index / resources.length);
    const again = (urn: string): string => `${urn}-${copy}`;
    const resource = resources[index % resources.length] as Resource;
    const { urn, parent, dependencies = [], propertyDependencies = {} } = resource;
    return {
      ...resource,
      urn: again(urn),
      ...(parent === undefined ? {} : { parent: again(parent) }),
      dependencies: dependencies.map(again),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, urns]) => [key, urns.map(again)]),
      ),
    };
  });
}
