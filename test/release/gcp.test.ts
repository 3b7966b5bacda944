import { STEPS } from "../../release/record";
import { failures } from "./failures";
import { GCP } from "./gcp-target";
import { ReleasedStack } from "./support";

let stack: ReleasedStack;
beforeAll(() => (stack = ReleasedStack.deploy(GCP.example)));
afterAll(() => stack.remove());
beforeEach(() => stack.clear());

const chosen = failures.filter(({ what }) =>
  ["a migration that ends with an error", "a smoke test that gets another status"].includes(what),
);

test.each(chosen)("$what: what served before serves again", async ({ run, ...failure }) => {
  const before = await stack.serving(GCP.apiHost);
  const told = await run(stack, GCP, "0.2.0");
  expect(told.output).toMatch(failure.says);
  expect(told.status).toBe(failure.exit);
  expect(await stack.serving(GCP.apiHost)).toBe(before);
});

test("the next try releases the version, step by step, and records it", async () => {
  const told = stack.release("0.2.0");
  expect(told.output).toContain('"result":"released"');
  expect(told.status).toBe(0);
  expect(told.events.filter(({ state }) => state === "begin").map(({ step }) => step)).toEqual(
    STEPS,
  );
  const digest = GCP.digest(stack, "0.2.0");
  expect(await stack.serving(GCP.apiHost)).toMatch(digest);
  expect(stack.last()).toMatchObject({
    ...{ id: "r3", result: "released", version: "0.2.0", digests: { api: digest } },
    imagesBefore: { api: "0.1.0" },
  });
});
