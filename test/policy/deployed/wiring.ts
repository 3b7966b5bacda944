import type { PlainResource } from "../../../policy/lib/resource";

/** Properties of a deployed resource. */
export type Props = Readonly<Record<string, unknown>>;

/** A stack that is wired wrongly in one place. */
export interface Miswiring {
  /** What was done, in words. */
  readonly text: string;
  /** Rules of which one has to catch it. */
  readonly rules: readonly string[];
  readonly resources: readonly PlainResource[];
}

/** One way to spoil how resources are wired together. */
export interface Wire {
  readonly type: string;
  /** Words for it. */
  readonly what: string;
  readonly rules: readonly string[];
  /** Where it applies, if not everywhere. */
  readonly only?: (props: Props, resource: PlainResource, all: readonly PlainResource[]) => boolean;
  /** The stack afterwards; several, where the resource can be spoiled in several places. */
  readonly spoil: (
    resource: PlainResource,
    all: readonly PlainResource[],
  ) => Iterable<readonly PlainResource[]>;
}

type Spoil = Wire["spoil"];

/** The resource is taken away; what named it goes on naming it. */
export const gone: Spoil = (resource, all) => [all.filter((each) => each !== resource)];

/** Nothing waits for the resource any more; what is made from its outputs still is. */
export const forgotten: Spoil = (resource, all) => [
  all.map((each) => ({
    ...each,
    dependencies: each.dependencies?.filter((urn) => urn !== resource.urn) ?? [],
  })),
];

/** One property gets another value. */
export function set(path: string, value: unknown): Spoil {
  return (resource, all) => [
    changed(resource, all, replaced(resource.props, path.split("."), value)),
  ];
}

/** Some properties get other values; undefined takes one away. */
export function merge(values: (props: Props) => Props): Spoil {
  return (resource, all) => {
    const props = resource.props as Props;
    return [changed(resource, all, { ...props, ...values(props) })];
  };
}

/** Every element of a list is taken away, or changed, one at a time; `change` leaves out what it does not fit. */
export function eachOf(path: string, change: (item: Props) => unknown): Spoil {
  return function* (resource, all) {
    const list = valueAt(resource.props, path.split("."));
    if (!Array.isArray(list)) return;
    for (const [index, item] of list.entries()) {
      const now = change(item as Props);
      if (now === item) continue;
      const items = now === undefined ? list.toSpliced(index, 1) : list.with(index, now);
      yield changed(resource, all, replaced(resource.props, path.split("."), items));
    }
  };
}

function changed(
  resource: PlainResource,
  all: readonly PlainResource[],
  props: unknown,
): PlainResource[] {
  return all.map((each) => (each === resource ? { ...each, props } : each));
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return typeof value === "object" && value !== null
    ? valueAt((value as Props)[key], rest)
    : undefined;
}

function replaced(value: unknown, [key, ...rest]: readonly string[], now: unknown): unknown {
  if (key === undefined) return now;
  const { [key]: old, ...others } = value as Props;
  const inner = replaced(old, rest, now);
  return inner === undefined ? others : { ...others, [key]: inner };
}
