import { succeed } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";

let project: ForeignProject;

beforeAll(() => (project = new ForeignProject("drift")));
afterAll(() => project.remove());

// AWS has its own in foreign-program.test.ts.
test.each([
  ["azure", "tags.owner"],
  ["gcp", "labels.owner"],
  ["docker", "labels.0.value"],
])(
  "on %s, a refresh shows what was changed and lost, and an update repairs both",
  (stack, path) => {
    const run = (...args: string[]): string =>
      succeed(project.run([...args, "--stack", stack])).output;
    const up = (): string => run("up", "--yes", "--skip-preview", "--no-policy");
    up();
    run("cloud", "edit", "kept", `${path}=thieves`);
    run("cloud", "rm", "lost");

    const seen = run("refresh", "--yes", "--skip-preview");
    expect(seen).toMatch(/ kept updated/);
    expect(seen).toMatch(/ lost deleted/);
    up();
    const objects = run("cloud", "list");
    expect(objects).toMatch(/2 objects/);
    expect(run("cloud", "show", "kept")).toMatch(/"(owner|value)": "shop"/);
    run("destroy", "--yes", "--skip-preview");
  },
);
