import path from "node:path";
import { allRules, ruleFiles, RULES_FOLDER } from "../../policy/lib/rules";
import type { Rule } from "../../policy/lib/rule";

/** Rules that are measured by themselves; the first is what reading the resources costs. */
export const SETS = {
  none: "no rules",
  deployability: "deployability",
  reachability: "reachability",
  both: "both",
} as const;
export type SetName = keyof typeof SETS;

/** The rules of a set. */
export function rulesOf(name: SetName): readonly Rule[] {
  const deployability = allRules().filter(({ category }) => category === "deployability");
  const ids = ruleFiles(path.join(RULES_FOLDER, "reachability")).map((file) =>
    path.basename(file, ".ts"),
  );
  const reachability = allRules().filter(({ id }) => ids.includes(id));
  const sets = { none: [], deployability, reachability };
  return name === "both" ? [...deployability, ...reachability] : sets[name];
}
