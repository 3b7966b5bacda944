import { difference } from "../../sandbox/lib/diff";
import type { TypeTable } from "../../sandbox/lib/table";
import { secret, UNKNOWN } from "../../sandbox/lib/values";
import type { Properties } from "../../sandbox/lib/values";

const table: TypeTable = {
  name: { property: "name" },
  replaceOn: ["zone", "rules[*].port"],
  sets: ["subnetIds"],
  json: ["policy"],
};

const compare = (olds: Properties, news: Properties) => difference(table, [], olds, news);
const paths = (olds: Properties, news: Properties): string[] =>
  compare(olds, news).changes.map(({ path, kind, replaces }) =>
    [path.join("."), kind, ...(replaces ? ["replaces"] : [])].join(" "),
  );

test.each<[string, Properties, Properties, string[]]>([
  ["nothing", { size: 1 }, { size: 1 }, []],
  ["a value", { size: 1 }, { size: 2 }, ["size update"]],
  ["a value that came", {}, { size: 2 }, ["size add"]],
  ["a value that went", { size: 1 }, {}, ["size delete"]],
  ["a nested value", { tags: { a: "1" } }, { tags: { a: "2" } }, ["tags.a update"]],
  ["a replacing value", { zone: "a" }, { zone: "b" }, ["zone update replaces"]],
  [
    "a replacing value in a list",
    { rules: [{ port: 1, note: "x" }] },
    { rules: [{ port: 2, note: "y" }] },
    ["rules.0.port update replaces", "rules.0.note update"],
  ],
  ["the order of a set", { subnetIds: ["a", "b"] }, { subnetIds: ["b", "a"] }, []],
  [
    "the order of a list",
    { hosts: ["a", "b"] },
    { hosts: ["b", "a"] },
    ["hosts.0 update", "hosts.1 update"],
  ],
  ["the layout of a document", { policy: '{"a":1}' }, { policy: '{ "a": 1 }' }, []],
  ["the content of a document", { policy: '{"a":1}' }, { policy: '{"a":2}' }, ["policy update"]],
  ["an unknown", { zone: "a" }, { zone: UNKNOWN }, ["zone update replaces"]],
  ["a secret of the same value", { key: secret("x") }, { key: "x" }, []],
  ["a secret of another value", { key: secret("x") }, { key: secret("y") }, ["key update"]],
  ["what the provider keeps for itself", { __defaults: [] }, { __defaults: ["a"] }, []],
])("a change of %s", (_, olds, news, expected) => {
  expect(paths(olds, news)).toEqual(expected);
});

test.each([
  [
    "an explicit name that stays",
    { name: "n", __defaults: [] },
    { name: "n", __defaults: [] },
    true,
  ],
  [
    "an automatic name",
    { name: "n-1", __defaults: ["name"] },
    { name: "n-1", __defaults: ["name"] },
    false,
  ],
  [
    "an explicit name that changes",
    { name: "n", __defaults: [] },
    { name: "m", __defaults: [] },
    false,
  ],
])("the old one goes first with %s: %#", (_, olds, news, first) => {
  const found = compare({ ...olds, zone: "a" }, { ...news, zone: "b" });
  expect(found.replaces).toBe(true);
  expect(found.deleteBeforeReplace).toBe(first);
});
