import { added, goals, page, type Results, type Size } from "../../bench/rules/report";
import { rulesOf, type SetName } from "../../bench/rules/sets";
import { allRules } from "../../policy/lib/rules";

const costs = (none: number, both: number): Record<SetName, number[]> => ({
  none: [none],
  deployability: [none],
  reachability: [none],
  both: [both, both],
});
const results: Results = new Map<Size, Record<SetName, number[]>>([
  [1000, costs(100, 500)],
  [4000, costs(400, 4400)],
]);

test("a resource costs what the rules add to reading it", () => {
  expect(added(results, 1000, "both")).toBeCloseTo(0.4);
  expect(added(results, 4000, "both")).toBeCloseTo(1);
  expect(added(results, 1000, "reachability")).toBeCloseTo(0);
});

test("goals are judged by what was measured", () => {
  expect(goals(results).map(({ met }) => met)).toEqual([true, false]);
  expect(page(results, "2000-01-01")).toContain("| 2.50 times | missed |");
});

test("both sets of rules are parts of the pack, and different ones", () => {
  const ids = rulesOf("both").map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(rulesOf("deployability").length + rulesOf("reachability").length);
  expect(rulesOf("reachability").map(({ id }) => id)).toContain("declared-use-reachable");
  expect(ids.every((id) => allRules().some((rule) => rule.id === id))).toBe(true);
});
