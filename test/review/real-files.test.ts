import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";

const ROOT = join(__dirname, "../..");
const DEPLOY = ["up", "--yes", "--skip-preview", "--no-policy", "--stack", "dev"];
const PLANTED = "Planted0Secret0Value0";

let shop: ForeignProject;

beforeAll(() => (shop = new ForeignProject("shop")));
afterAll(() => shop.remove());

/** The command as a person calls it, in the folder of the reviewed project. */
function review(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(join(ROOT, "bin/review"), args, {
    cwd: shop.folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** Standard output of the sandbox alone, into a file of the project's folder. */
function save(name: string, ...args: string[]): string {
  const run = spawnSync(join(ROOT, "bin/sandbox"), [...args, "-C", shop.folder], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  const file = join(shop.folder, name);
  writeFileSync(file, run.stdout);
  return file;
}

interface Result {
  violations: {
    rule: string;
    urn: string;
    name: string;
    position?: { file: string; line: number };
  }[];
  checked: { resources: number; decided: number; notes: string[] };
}

const parse = (stdout: string): Result => JSON.parse(stdout) as Result;
const keys = (result: Result): string[] =>
  result.violations.map(({ rule, name }) => `${rule} ${name}`).sort();

// One story, told in order: every step works on what the one before has left.
describe("files of the real engine", () => {
  let planned: Result;

  test("a preview is reviewed before anything exists", () => {
    succeed(shop.run(["config", "set", "--secret", "password", PLANTED, "--stack", "dev"]));
    const file = save("preview.json", "preview", "--json", "--no-policy", "--stack", "dev");
    planned = parse(review("--preview", file, "--json", "-").stdout);
    expect(planned.checked.decided).toBeGreaterThan(1);
    expect(planned.violations.length).toBeGreaterThan(0);
  });

  test("the deployed stack gets the same answers, from the sandbox and from an export", () => {
    succeed(shop.run(DEPLOY));
    const stack = review("--stack", "dev", "--json", "-");
    const file = save("state.json", "stack", "export", "--show-secrets", "--stack", "dev");
    const exported = review("--file", file, "--json", "-");
    expect([stack.code, exported.code]).toEqual([1, 1]);
    expect(keys(parse(stack.stdout))).toEqual(keys(parse(exported.stdout)));
    expect(keys(parse(stack.stdout))).toEqual(expect.arrayContaining(keys(planned)));
    expect(stack.stdout + exported.stdout).not.toContain(PLANTED);
  });

  test("findings point to the line that registered the resource", () => {
    const { violations } = parse(review("--stack", "dev", "--json", "-").stdout);
    for (const { position } of violations) {
      expect(position).toEqual(expect.objectContaining({ file: "index.js" }));
    }
  });

  test("a preview without changes says what it leaves out, and holds it with --show-sames", () => {
    const bare = review(
      "--preview",
      save("bare.json", "preview", "--json", "--no-policy", "--stack", "dev"),
    );
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain("--show-sames");
    const same = save(
      "same.json",
      "preview",
      "--json",
      "--show-sames",
      "--no-policy",
      "--stack",
      "dev",
    );
    expect(keys(parse(review("--preview", same, "--json", "-").stdout))).toEqual(
      expect.arrayContaining(keys(planned)),
    );
  });

  test("an unknown stack is told apart from those of the sandbox", () => {
    const { code, stderr } = review("--stack", "other");
    expect(code).toBe(2);
    expect(stderr).toContain("The sandbox has dev");
  });
});
