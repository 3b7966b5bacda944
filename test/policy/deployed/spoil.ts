/** The property is taken away. */
export const REMOVED = Symbol("removed");

type Properties = Record<string, unknown>;

/** Takes the value that is there and gives the one to put in its place. */
export class Change {
  readonly to: (old: unknown) => unknown;

  constructor(to: (old: unknown) => unknown) {
    this.to = to;
  }
}

/** The value is put behind those that are there. */
export function appended(value: unknown): Change {
  return new Change((old) => [...(Array.isArray(old) ? (old as unknown[]) : []), value]);
}

/** Other values under some keys; undefined takes a key away. */
export function merged(values: Properties): Change {
  return new Change((old) =>
    Object.fromEntries(
      Object.entries({ ...(old as Properties), ...values }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
  );
}

/**
 * A copy with another value at every place a path leads to, one copy per place. `*` stands for every element of a list;
 * documents that are kept as text are opened on the way, and no path at all means the properties as a whole. A path
 * whose last object is not there leads nowhere; where `only` is given, that object has to fit it.
 */
export function spoiled(
  props: unknown,
  path: string,
  value: unknown,
  only: (parent: Properties) => boolean = () => true,
): unknown[] {
  const [key = "", ...rest] = path.split(".");
  if (typeof props === "string") {
    const document = parsed(props);
    return document === undefined
      ? []
      : spoiled(document, path, value, only).map((copy) => JSON.stringify(copy));
  }
  if (Array.isArray(props)) {
    const places = key === "*" ? props.map((_, index) => index) : [Number(key)];
    return places
      .filter((place) => place < props.length)
      .flatMap((place) =>
        inside(props[place], rest, value, only).map((item) => props.with(place, item)),
      );
  }
  if (typeof props !== "object" || props === null) return [];
  const object = props as Properties;
  if (rest.length > 0)
    return spoiled(object[key], rest.join("."), value, only).map((item) => ({
      ...object,
      [key]: item,
    }));
  if (!only(object)) return [];
  if (path === "") return value instanceof Change ? [value.to(object)] : [];
  if (value === REMOVED) {
    const { [key]: gone, ...others } = object;
    return gone === undefined ? [] : [others];
  }
  return [{ ...object, [key]: value instanceof Change ? value.to(object[key]) : value }];
}

/** An element of a list: the end of the path, or on the way to it. */
function inside(
  item: unknown,
  rest: readonly string[],
  value: unknown,
  only: (parent: Properties) => boolean,
): unknown[] {
  return rest.length === 0 ? [value] : spoiled(item, rest.join("."), value, only);
}

function parsed(text: string): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" ? content : undefined;
  } catch {
    return undefined;
  }
}
