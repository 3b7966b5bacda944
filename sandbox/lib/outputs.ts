import type { PackageTable, TypeTable } from "./table";
import { secret, UNKNOWN } from "./values";
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
  return state;
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
  return mergeOutputs(table, inputs, computed);
}
