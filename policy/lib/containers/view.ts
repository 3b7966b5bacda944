import type { Value } from "../value/value";

/** An environment variable as the plan gives it. */
export interface EnvironmentVariable {
  readonly name: string;
  /** The plain value; absent where the variable comes from a secret store. */
  readonly value: Value;
}

/** A container of any target, with what all of them can say. */
export interface ContainerView {
  /** Its name, or its path where it has none. */
  readonly label: string;
  /** The container's own properties. */
  readonly at: Value;
  readonly image: Value;
  /** User it runs as; undefined on targets that cannot say it (Container Apps, Cloud Run). */
  readonly user: Value | undefined;
  readonly environment: readonly EnvironmentVariable[];
}

/** Containers of a resource, and the properties that would have told of more. */
export interface Containers {
  readonly containers: readonly ContainerView[];
  readonly unknown: readonly Value[];
}

/** Maps the elements of lists of containers; a list that is unknown is told instead of passed over. */
export function mapContainers(
  lists: readonly Value[],
  view: (container: Value) => ContainerView,
): Containers {
  const elements = lists.flatMap((list) => list.each);
  return {
    containers: elements.filter((element) => element.isObject).map(view),
    unknown: elements.filter((element) => element.unknown),
  };
}

/** `name`/`value` pairs; those with another source have no plain value. */
export function namedVariables(list: Value): EnvironmentVariable[] {
  return list.items.flatMap((item) => {
    const name = item.at("name").text;
    return name === undefined ? [] : [{ name, value: item.at("value") }];
  });
}

/** A map of variables. */
export function mappedVariables(map: Value): EnvironmentVariable[] {
  return map.entries.map(([name, value]) => ({ name, value }));
}
