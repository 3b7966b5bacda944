import { Deployed, succeed } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";

/** Resources of the fixture that a cloud makes; the stack and the providers are not among them. */
const MADE = 8;

const up = ["up", "--yes", "--skip-preview"];

let shop: ForeignProject;

beforeEach(() => (shop = new ForeignProject("shop")));
afterEach(() => shop.remove());

const objects = (): number => {
  const { output } = succeed(shop.run(["cloud", "list"]));
  return Number(/(\d+) objects/.exec(output)?.[1]);
};

const state = (): Deployed =>
  new Deployed(succeed(shop.run(["stack", "export", "--stack", "dev"])).output);

const cloudResources = (): string[] =>
  state()
    .resources.filter(({ type }) => type.startsWith("aws:"))
    .map(({ urn }) => urn);

/** The whole system stands once, and the engine has nothing left to do. */
function expectComplete(): void {
  expect(new Set(cloudResources()).size).toBe(MADE - 1);
  expect(cloudResources()).toHaveLength(MADE - 1);
  expect(objects()).toBe(MADE - 1);
  const { output } = succeed(shop.run(["preview", "--stack", "dev", "--expect-no-changes"]));
  expect(output).toMatch(/unchanged/);
}

describe("an update that was killed is recovered and completed", () => {
  test.each([
    [1, false],
    [1, true],
    [3, true],
    [4, false],
    [5, true],
    [6, true],
    [7, true],
  ])("at creation %i, the cloud's work done: %p", (nth, after) => {
    const fault = { kind: "kill", on: "create", type: "aws:*", nth, after };
    const killed = shop.run(up, { SANDBOX_FAULTS: JSON.stringify([fault]) });
    expect(killed.status).toBe(137);
    const left = objects();
    succeed(shop.run(["recover", "--stack", "dev"]));
    expect(objects()).toBe(left);
    succeed(shop.run(up));
    expectComplete();
  });
});

describe("an update that failed is completed by the next one", () => {
  test.each([
    ["throttle", /Rate exceeded/],
    ["quota", /quota/],
    ["internal", /internal service error/],
    ["denied", /not authorized/],
    ["crash", /connection|unavailable|EOF|plugin/i],
  ])("after %s", (kind, said) => {
    const fault = { kind, on: "create", type: "aws:rds/instance:Instance" };
    const failed = shop.run(up, { SANDBOX_FAULTS: JSON.stringify([fault]) });
    expect(failed.status).not.toBe(0);
    expect(failed.output).toMatch(said);
    if (kind === "crash") succeed(shop.run(["recover", "--stack", "dev"]));
    succeed(shop.run(up));
    expectComplete();
  });
});

test("recover has nothing to do after an update that ended well", () => {
  succeed(shop.run(up));
  expect(succeed(shop.run(["recover", "--stack", "dev"])).output).toMatch(
    /no operation was under way/,
  );
});

test("recover names a stack that is not there", () => {
  const { status, output } = shop.run(["recover", "--stack", "dev"]);
  expect(status).not.toBe(0);
  expect(output).toMatch(/there is no stack dev/);
});
