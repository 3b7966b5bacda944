import type { PlainResource } from "../../lib/resource";

/** Changes to single resources of an example, by name; `undefined` leaves the resource out. */
export type Changes = Readonly<Record<string, object | undefined>>;

/** An example with changes. */
export function plan(all: readonly PlainResource[], changes: Changes): PlainResource[] {
  return all.flatMap((item) => {
    const name = item.name ?? "";
    if (!Object.hasOwn(changes, name)) return [item];
    const change = changes[name];
    return change === undefined
      ? []
      : [{ ...item, props: { ...(item.props as object), ...change } }];
  });
}

/** An output of another resource, such as `vpc.id`. */
export const ref = (output: string) => ({ ref: output });
