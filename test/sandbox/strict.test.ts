import { RACES, racesOf } from "../../sandbox/lib/races";
import { succeed } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";

const STRICT = { SANDBOX_STRICT: "1" };
const up = (stack: string) => ["up", "--yes", "--skip-preview", "--no-policy", "--stack", stack];

let project: ForeignProject;

beforeEach(() => (project = new ForeignProject("races")));
afterEach(() => project.remove());

const waitFor = (stack: string): void => {
  succeed(project.run(["config", "set", "wait", "true", "--stack", stack]));
};

describe.each([
  ["gcp", /not yet visible: .*; gcp-cloudrun-secret-(version|access)-first/],
  ["azure", /not yet visible: .*; azure-pg-private-dns-link-first/],
])("on %s", (stack, said) => {
  it("a resource that does not wait is refused, whatever came first; one that waits is made", () => {
    const refused = project.run(up(stack), STRICT);
    expect(refused.status).not.toBe(0);
    expect(refused.output).toMatch(said);
    waitFor(stack);
    // What the failed update made is old by now; a new stack shows the program itself.
    succeed(project.run(["destroy", "--yes", "--skip-preview", "--stack", stack]));
    succeed(project.run(up(stack), STRICT));
  });
});

it("what an earlier update made is visible to everybody", () => {
  project.run(up("gcp"), STRICT);
  succeed(project.run(up("gcp"), STRICT));
});

it("finds the rule of every race it names", async () => {
  const races = await Promise.all(["aws", "azure-native", "gcp"].map(racesOf));
  expect(races.flat().map(({ rule }) => rule.id)).toEqual([...RACES]);
});
