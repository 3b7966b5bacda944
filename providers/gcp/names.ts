import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";

/** Characters that automatic naming appends: a dash and seven hex digits. */
const SUFFIX = 8;

/**
 * `<component>-<system>-<stack>`. Two stacks of one system may share a project, so the component's
 * own name is not enough wherever a name is unique in the project.
 */
export function stackName(name: string, environment: Environment, max: number): string {
  const { system, stack } = environment;
  return fit(plain(`${name}-${system}-${stack}`), max);
}

/**
 * The same as a logical name that leaves room for the random suffix of automatic naming. Used where
 * people and log filters meet the physical name, and where a fixed one would be refused later.
 */
export function stemOf(name: string, environment: Environment, max: number): string {
  return stackName(name, environment, max - SUFFIX);
}

/** Longest logical name of a resource whose physical name is made from it: 63 less the suffix. */
const CHILD_MAX = 55;

/** Name of a child that stands for one of many: hosts and components may have long names. */
export const childName = (...parts: string[]): string => fit(parts.join("-"), CHILD_MAX);

/** Letters, digits and dashes, starting with a letter: what most of the APIs accept. */
export function plain(text: string): string {
  const cleaned = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return /^[a-z]/.test(cleaned) ? cleaned : `x-${cleaned}`;
}
