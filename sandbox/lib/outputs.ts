import { hasPrefix } from "./naming";
import { parsePath, select } from "./paths";
import type { PackageTable, TypeTable } from "./table";
import { isObject, secret, UNKNOWN, Wrapped } from "./values";
import type { Properties, Value } from "./values";

/** Inputs and computed outputs as one state, with the type's secret outputs marked. */
export function mergeOutputs(
  table: TypeTable,
  inputs: Properties,
  computed: Record<string, Value>,
): Properties {
  const state: Record<string, Value> = {};
  for (const [key, value] of Object.entries({ ...inputs, ...computed })) {
    if (!key.startsWith("__") && value !== undefined) state[key] = value;
  }
  for (const key of table.secrets ?? []) {
    const value = state[key];
    if (value !== undefined) state[key] = secret(value);
  }
  return withoutPaths(state, table.writeOnly ?? []);
}

/** The state with the row's values inside given objects; those that `valueOf` knows. */
export function withInside(
  table: TypeTable,
  state: Properties,
  valueOf: (path: string) => Value | undefined,
): Properties {
  let filled: Properties = state;
  for (const path of Object.keys(table.inside ?? {})) {
    const value = valueOf(path);
    if (value !== undefined) filled = changed(filled, parsePath(path), value) as Properties;
  }
  return filled;
}

/** Value at a path, without its wrapper. */
export function valueAt(state: Properties, path: string): Value | undefined {
  return select(state, path)[0];
}

function withoutPaths(state: Properties, paths: readonly string[]): Properties {
  let left = state;
  for (const path of paths) left = changed(left, parsePath(path), undefined) as Properties;
  return left;
}

/** A copy with one value set or, for undefined, taken out; as it was where the way there ends. */
function changed(around: Value, path: readonly string[], value: Value | undefined): Value {
  if (around instanceof Wrapped) {
    return new Wrapped(changed(around.value, path, value), around.secret, around.dependencies);
  }
  const [key, ...rest] = path;
  if (key === undefined || !isObject(around)) return around;
  const { [key]: now, ...others } = around;
  if (rest.length === 0) return value === undefined ? others : { ...around, [key]: value };
  return now === undefined ? around : { ...around, [key]: changed(now, rest, value) };
}

/** The state a preview of a creation shows: inputs as they are, computed outputs unknown. */
export function previewOutputs(
  provider: PackageTable,
  table: TypeTable,
  inputs: Properties,
): Properties {
  const computed: Record<string, Value> = {};
  for (const key of [...Object.keys(table.outputs ?? {}), ...Object.keys(provider.common ?? {})]) {
    if (inputs[key] === undefined) computed[key] = UNKNOWN;
  }
  if (hasPrefix(table, inputs) && inputs[table.name.property] === undefined) {
    computed[table.name.property] = UNKNOWN;
  }
  return withInside(table, mergeOutputs(table, inputs, computed), () => UNKNOWN);
}
