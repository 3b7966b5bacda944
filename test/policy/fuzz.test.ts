import fc from "fast-check";
import { evaluate } from "../../policy/lib/evaluate";
import { UNKNOWN } from "../../policy/lib/value/unknown";
import type { PlainResource } from "../../policy/lib/resource";
import { allRules } from "../../policy/lib/rules";
import { typesOf } from "../../policy/lib/rule";
import type { Case } from "../../policy/lib/fixture";
import { RULE_FILES, resourcesOf } from "./rule-files";

const rules = allRules();
const types = [...new Set(rules.flatMap(typesOf))];

/** Property names rules read, so that odd values land where a rule looks. */
const names = propertyNames();

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    UNKNOWN,
    "",
    "0.0.0.0/0",
    "*",
    "-1",
    "[{}]",
    "{",
    NaN,
    1e308,
  ),
  fc.string(),
  fc.integer(),
  fc.double(),
);

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie("tree"), { maxKeys: 4 }),
    tie("tree").map((value) => ({ json: value })),
    tie("tree").map((value) => JSON.stringify(value) ?? "x"),
    fc.constantFrom(
      { ref: "a.id" },
      { ref: "" },
      { concat: [{ ref: "b.arn" }, ":latest"] },
      { concat: [] },
    ),
  ),
}));

const properties = fc.dictionary(fc.constantFrom(...names), tree, { maxKeys: 6 });

/** Names of properties in the fixtures of all rules: what the rules are about. */
function propertyNames(): string[] {
  const found = new Set<string>(["ref", "json", "concat", "__proto__", "constructor", "length"]);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        found.add(key);
        visit(item);
      }
    } else if (typeof value === "string" && /^[[{]/.test(value)) {
      try {
        visit(JSON.parse(value));
      } catch {
        // A fixture of text that is no JSON has no names to give.
      }
    }
  };
  for (const { fixtures } of RULE_FILES) {
    for (const entry of Object.values(fixtures).flat() as (PlainResource | Case)[]) {
      for (const { props } of resourcesOf(entry)) visit(props);
    }
  }
  return [...found];
}

it.each(types)("no rule for %s is brought down by odd input", (type) => {
  fc.assert(
    fc.property(properties, (props) => {
      evaluate([{ type, name: "odd", props }]);
    }),
    { numRuns: 60 },
  );
});

it("odd resources of several types together bring no rule down", () => {
  const odd = fc.record({
    type: fc.constantFrom(...types),
    name: fc.constantFrom("a", "b", "c", ""),
    props: fc.oneof(properties, tree),
    opts: tree as fc.Arbitrary<never>,
    parent: leaf as fc.Arbitrary<never>,
    dependencies: tree as fc.Arbitrary<never>,
    propertyDependencies: tree as fc.Arbitrary<never>,
    outputs: tree,
  });
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 8 }), (resources) => {
      evaluate(resources);
    }),
    { numRuns: 400 },
  );
});

it("answers on a list of things that are no resources", () => {
  const list = [null, 7, "x", [], {}, { type: 3 }] as unknown as PlainResource[];
  expect(evaluate(list).violations).toEqual([]);
});
