import { automaticName, DEFAULTS, defaultValue, filledIn, wantsName } from "./naming";
import type { Autonaming } from "./naming";
import { refusedArguments } from "./refusals";
import type { Failure, TypeTable } from "./table";
import { hasSecret, hasUnknown, isObject, plain, secret, UNKNOWN, Wrapped } from "./values";
import type { Plain, Properties, Value } from "./values";

export interface CheckInput {
  table: TypeTable;
  type: string;
  logicalName: string;
  olds: Properties;
  news: Properties;
  seed: Uint8Array;
  autonaming: Autonaming | undefined;
}

/** Complete and judge the inputs of a resource, as a bridged provider's Check does. */
export function check(input: CheckInput): { inputs: Properties; failures: readonly Failure[] } {
  const { table, news } = input;
  const inputs: Record<string, Value> = { ...news };
  for (const key of table.json ?? []) {
    const value = inputs[key];
    if (value !== undefined) inputs[key] = asText(value);
  }
  const filled: string[] = [];
  const failures: Failure[] = [];
  for (const [key, rule] of Object.entries(table.defaults ?? {})) {
    if (inputs[key] !== undefined) continue;
    const value = defaultValue(rule as Plain, plain(news));
    if (value === undefined) continue;
    inputs[key] = value;
    filled.push(key);
  }
  const name = physicalName(input);
  if (name !== undefined && table.name !== undefined) {
    if ("error" in name) failures.push({ property: table.name.property, reason: name.error });
    else {
      inputs[table.name.property] = name.name;
      filled.push(table.name.property);
    }
  }
  inputs[DEFAULTS] = filled.sort();
  const known = plain(inputs);
  failures.push(
    ...(table.validate?.(known) ?? []),
    ...refusedArguments(input.type, input.logicalName, table.rules ?? [], known),
  );
  return { inputs, failures };
}

/** A document that the program gives as an object becomes the text that the cloud takes. */
function asText(value: Value): Value {
  const document = value instanceof Wrapped ? value.value : value;
  if (!isObject(document) && !Array.isArray(document)) return value;
  const text = hasUnknown(document) ? UNKNOWN : JSON.stringify(plain(document));
  return hasSecret(value) ? secret(text) : text;
}

/** An automatic name is kept for life: a new one would replace the resource. */
function physicalName(input: CheckInput): { name: Value } | { error: string } | undefined {
  const { table, olds, news } = input;
  const rule = table.name;
  if (rule === undefined || !wantsName(rule, news)) return undefined;
  const old = olds[rule.property];
  if (old !== undefined && filledIn(olds).includes(rule.property)) return { name: old };
  return automaticName(rule, input.logicalName, input.seed, input.autonaming);
}
