import { evaluate } from "../../policy/lib/evaluate";
import type { PlainResource } from "../../policy/lib/resource";
import { MUTATIONS } from "./mutation-table";
import { OPTIONS, SAFE } from "./safe-resources";

const rows = Object.entries(MUTATIONS).flatMap(([type, list]) =>
  list.map(([path, value, rule]) => [type, path, value, rule] as const),
);

it("spoils at least 150 properties", () => {
  expect(rows.length).toBeGreaterThanOrEqual(150);
});

describe.each(Object.keys(SAFE))("%s", (type) => {
  it("as it should be violates no rule", () => {
    // What the cloud is told not to delete, the engine is told too.
    const safe = { ...resource(type, SAFE[type] as object), opts: { protect: true } };
    const { violations } = evaluate([safe]);
    expect(violations.map(({ rule, path }) => `${rule}: ${path}`)).toEqual([]);
  });

  it("has mutations", () => {
    expect(MUTATIONS[type]?.length ?? 0).toBeGreaterThan(0);
  });
});

it.each(rows)("%s with %s as %j violates %s", (type, path, value, rule) => {
  const { violations } = evaluate([resource(type, mutate(SAFE[type] as object, path, value))]);
  expect(violations.map((violation) => violation.rule)).toContain(rule);
});

function resource(type: string, props: object): PlainResource {
  return { type, name: "it", props, opts: OPTIONS[type] };
}

function mutate(props: object, path: string, value: unknown): object {
  const copy = structuredClone(props);
  const keys = path.split(".");
  const last = keys.pop() as string;
  const parent = keys.reduce<Record<string, unknown>>(
    (object, key) => object[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  parent[last] = value;
  return copy;
}
