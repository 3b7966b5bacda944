import { evaluate } from "../../../policy/lib/evaluate";
import type { Category } from "../../../policy/lib/rule";
import { allRules } from "../../../policy/lib/rules";
import { ENCRYPTION } from "./encryption";
import { NON_ROOT } from "./non-root";
import { OPEN_AWS } from "./open-aws";
import { OPEN_AZURE } from "./open-azure";
import { OPEN_ELSEWHERE } from "./open-docker";
import { OPEN_GCP } from "./open-gcp";
import type { Variant, Variants } from "./variant";

const FAMILIES: readonly (readonly [Category, Variants])[] = [
  ["public-database", OPEN_AWS],
  ["public-database", OPEN_AZURE],
  ["public-database", OPEN_GCP],
  ["public-database", OPEN_ELSEWHERE],
  ["encryption-at-rest", ENCRYPTION],
  ["non-root", NON_ROOT],
];

/** Rules of a family that report a variant. */
function reported(category: Category, [, resources]: Variant): string[] {
  const rules = allRules().filter((rule) => rule.category === category);
  const list = Array.isArray(resources) ? resources : [resources];
  return evaluate(list, { rules }).violations.map(({ rule }) => rule);
}

describe.each(FAMILIES)("%s", (category, { violations, passes }) => {
  test.each(violations)("%s: reported", (...variant) => {
    expect(reported(category, variant)).not.toEqual([]);
  });

  test.each(passes)("%s: not reported", (...variant) => {
    expect(reported(category, variant)).toEqual([]);
  });
});
