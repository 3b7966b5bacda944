import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "../docs/markdown";
import { ForeignProject } from "../support/foreign-project";

/** `bin/plan-diff` on a program that is not ours, between revisions of its repository. */
let shop: ForeignProject;

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    cwd: shop.folder,
    encoding: "utf8",
  });

function planDiff(...args: string[]) {
  const run = spawnSync(path.join(ROOT, "bin/plan-diff"), [...args, "-C", shop.folder], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

function edit(text: string, by: string): void {
  const file = path.join(shop.folder, "index.js");
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(text, by));
}

beforeAll(() => {
  shop = new ForeignProject("shop");
  fs.writeFileSync(path.join(shop.folder, ".gitignore"), "node_modules\n.sandbox\n");
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "shop");
});
afterAll(() => shop.remove());

test("a database that would be replaced and lose its encryption stops the change", () => {
  edit('config.getBoolean("encrypted") ?? true', "false");
  const json = path.join(shop.folder, "..", `${path.basename(shop.folder)}.json`);
  const { status, stdout } = planDiff("main", "--json", json, "--markdown", "-");
  edit("storageEncrypted: false", 'storageEncrypted: config.getBoolean("encrypted") ?? true');
  expect(stdout).toMatch(/REPLACED, WITH ITS DATA\*\* `db` \(`aws:rds\/instance:Instance`\)/);
  expect(stdout).toContain("`storageEncrypted`: `true` → `false` **(replaces)**");
  expect(stdout).toContain("`database-encrypted`");
  expect(status).toBe(1);
  const { stacks } = JSON.parse(fs.readFileSync(json, "utf8")) as {
    stacks: { stack: string; changes: { name: string; data: boolean }[] }[];
  };
  fs.rmSync(json);
  expect(stacks.map(({ stack }) => stack)).toEqual(["dev"]);
  expect(stacks[0]?.changes[0]).toMatchObject({ name: "db", kind: "replaced", data: true });
});

test("a harmless change between two commits is fine, and no secret is shown", () => {
  git("checkout", "--quiet", "-b", "tags");
  edit('team: "shop"', 'team: "till"');
  git("commit", "--quiet", "--all", "--message", "tags");
  const { status, stdout } = planDiff("main", "tags");
  git("checkout", "--quiet", "main");
  expect(stdout).toMatch(/dev: 1 updated\n {2}updated {2}net .*\n {6}tags.team: shop → till\n$/);
  expect(status).toBe(0);
});

test.each([
  [["nowhere"], /nowhere: is no revision of this repository; name a branch/],
  [["main", ".", "--stack", "x=missing.yaml", "--profile", "none"], /--profile none: there is no/],
  [["main", "--colour"], /unknown option/],
])("%j is refused", (args, sentence) => {
  const { status, stderr } = planDiff(...args);
  expect(stderr).toMatch(sentence);
  expect(status).toBe(2);
});

test("a base that cannot be deployed is said, with its error", () => {
  git("checkout", "--quiet", "-b", "broken");
  edit("new Vpc(", "new Vpx(");
  git("commit", "--quiet", "--all", "--message", "broken");
  git("checkout", "--quiet", "main");
  const { status, stderr } = planDiff("broken", "main");
  expect(stderr).toMatch(/the base cannot be deployed for dev[^]*Vpx is not defined/);
  expect(status).toBe(2);
});
