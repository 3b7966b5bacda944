import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import { ROOT } from "../docs/markdown";

const FOLDER = path.join(ROOT, ".github/workflows");
const files = fs.readdirSync(FOLDER);

interface Workflow {
  readonly permissions: object;
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, { readonly permissions?: Record<string, string> }>>;
}

describe.each(files)("%s", (file) => {
  const text = fs.readFileSync(path.join(FOLDER, file), "utf8");
  const workflow = yaml.load(text) as Workflow;

  test("grants nothing at the top, and each job what it needs", () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of Object.values(workflow.jobs)) expect(permissions).toBeDefined();
  });

  test("uses actions by commit, or its own", () => {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? "");
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^\.\/|@[0-9a-f]{40}$/);
  });

  test("calls commands and actions that are there", () => {
    const commands = [...text.matchAll(/\b(bin\/[a-z-]+)/g)].map(([, command = ""]) => command);
    for (const command of commands) fs.accessSync(path.join(ROOT, command), fs.constants.X_OK);
    const own = [...text.matchAll(/uses: \.\/(\S+)/g)].map(([, action = ""]) => action);
    for (const action of own) {
      expect(fs.existsSync(path.join(ROOT, action, "action.yml"))).toBe(true);
    }
  });

  test("puts no text of an event into a script", () => {
    const scripts = text.split("\n").filter((line) => !/^\s*(if|group|ref|sha|run-id):/.test(line));
    for (const line of scripts.filter((each) => each.includes("github.event."))) {
      expect(line).toMatch(/^\s*[A-Z_]+: /);
    }
  });

  test("a run on a pull request can write to nothing here", () => {
    if (!("pull_request" in workflow.on)) return;
    const rights = Object.values(workflow.jobs).flatMap(({ permissions = {} }) =>
      Object.entries(permissions).filter(([name]) => name !== "id-token"),
    );
    for (const [, right] of rights) expect(right).toBe("read");
    expect(text).not.toContain("pull_request_target");
  });
});
