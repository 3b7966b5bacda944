import type { Case } from "../../policy/lib/fixture";
import { evaluate } from "../../policy/lib/evaluate";
import type { PlainResource } from "../../policy/lib/resource";
import type { Rule } from "../../policy/lib/rule";
import { RULE_FILES } from "./rule-files";

const EXPECTED = {
  good: "pass",
  bad: "violation",
  missing: undefined,
  unknown: "undecided",
  wrongType: undefined,
} as const;

describe.each(RULE_FILES.map((file) => [file.name, file] as const))(
  "%s",
  (name, { rule, fixtures }) => {
    it("is named as its file", () => {
      expect(rule.id).toBe(name);
    });

    describe.each(Object.keys(EXPECTED) as (keyof typeof EXPECTED)[])("%s", (group) => {
      it("has a case", () => {
        expect(fixtures[group].length).toBeGreaterThan(0);
      });

      it.each(fixtures[group].map((entry, index) => [index, entry] as const))(
        "case %i",
        (_index, entry) => {
          const made = toCase(entry, EXPECTED[group]);
          expect(verdictOf(rule, made)).toEqual(made.expect);
        },
      );
    });
  },
);

function toCase(entry: PlainResource | Case, expected: Case["expect"] | undefined): Case {
  if ("resources" in entry) return entry;
  if (expected === undefined) throw new Error("this group's cases say what they expect");
  return { resources: [entry], expect: expected };
}

function verdictOf(rule: Rule, made: Case): string {
  // Whatever level a profile has by default, its rules have fixtures.
  const config = { [rule.id]: "mandatory", settings: made.settings ?? {} };
  const { violations, undecided } = evaluate(made.resources, { rules: [rule], config });
  if (violations.length > 0) return "violation";
  return undecided.length > 0 ? "undecided" : "pass";
}
