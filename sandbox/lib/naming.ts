import { createHash } from "node:crypto";
import type { NameRule } from "./table";
import { UNKNOWN } from "./values";
import type { Plain, Properties, Value } from "./values";

/** Key under which bridged providers remember which inputs they filled in themselves. */
export const DEFAULTS = "__defaults";

/** The engine's wishes for automatic names (`pulumi:autonaming` in the config). */
export interface Autonaming {
  proposed: string;
  mode: "propose" | "enforce" | "disable";
}

/** Inputs that the provider filled in, not the program. */
export function filledIn(inputs: Properties): readonly string[] {
  const list = inputs[DEFAULTS];
  return Array.isArray(list) ? (list as string[]) : [];
}

/** The automatic name, or the sentence that says why there is none. */
export function automaticName(
  rule: NameRule,
  logicalName: string,
  seed: Uint8Array,
  wish: Autonaming | undefined,
): { name: string } | { error: string } | undefined {
  if (wish?.mode === "disable") return undefined;
  if (wish !== undefined) return { name: wish.proposed };
  const { separator = "-", lower = false, suffix = 7, transform } = rule.auto ?? {};
  const base = transform ? transform(logicalName) : lower ? logicalName.toLowerCase() : logicalName;
  const random = createHash("sha256")
    .update(seed)
    .update(logicalName)
    .digest("hex")
    .slice(0, suffix);
  const name = suffix === 0 ? base : `${base}${separator}${random}`;
  if (rule.max !== undefined && name.length > rule.max) {
    return {
      error:
        `the name "${base}" plus ${suffix + separator.length} characters to make it unique is longer than ` +
        `the ${rule.max} characters allowed; use a shorter name or set "${rule.property}"`,
    };
  }
  return { name };
}

/** Whether the program itself chose the physical name. */
export function hasExplicitName(rule: NameRule | undefined, inputs: Properties): boolean {
  if (rule === undefined || inputs[rule.property] === undefined) return false;
  return !filledIn(inputs).includes(rule.property);
}

/** Whether the inputs leave the physical name to the provider. */
export function wantsName(rule: NameRule, inputs: Properties): boolean {
  if (rule.manual === true || inputs[rule.property] !== undefined) return false;
  return rule.prefixProperty === undefined || inputs[rule.prefixProperty] === undefined;
}

/** Whether the inputs give the beginning of the name only. */
export function hasPrefix<Table extends { name?: NameRule }>(
  table: Table,
  inputs: Plain,
): table is Table & { name: NameRule } {
  const { prefixProperty } = table.name ?? {};
  return prefixProperty !== undefined && inputs[prefixProperty] !== undefined;
}

/** Default value of an input; functions look at the other inputs and give nothing while those are unknown. */
export function defaultValue(rule: Plain, inputs: Plain): Value | undefined {
  const value = typeof rule === "function" ? (rule as (inputs: Plain) => Plain)(inputs) : rule;
  return value === UNKNOWN ? undefined : (value as Value | undefined);
}
