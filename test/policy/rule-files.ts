import { basename } from "node:path";
import type { Case, Fixtures } from "../../policy/lib/fixture";
import type { PlainResource } from "../../policy/lib/resource";
import type { Rule } from "../../policy/lib/rule";
import { ruleFiles } from "../../policy/lib/rules";

/** A rule with the name of its file and its fixtures. */
export interface RuleFile {
  readonly name: string;
  readonly rule: Rule;
  readonly fixtures: Fixtures;
}

/** Every rule file of the pack with the fixtures beside it. */
export const RULE_FILES: readonly RuleFile[] = ruleFiles().map((file) => ({
  name: basename(file, ".ts"),
  rule: jest.requireActual<{ rule: Rule }>(file).rule,
  fixtures: jest.requireActual<{ fixtures: Fixtures }>(file.replace(/\.ts$/, ".fixtures.ts"))
    .fixtures,
}));

/** The resources of a fixture's entry. */
export function resourcesOf(entry: PlainResource | Case): readonly PlainResource[] {
  return "resources" in entry ? entry.resources : [entry];
}
