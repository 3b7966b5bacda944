import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Problems } from "../../components/errors";
import { readStackConfig } from "../../config/read";
import { loadSystem } from "../../systems/load";
import { commandsOf, ROOT } from "./markdown";
import { copyProject } from "../support/project-copy";

const REAL = "Point it at a real account";
const commands = commandsOf("README.md");
const real = commands.filter(({ headings }) => headings.includes(REAL)).map(({ line }) => line);
// The test run is this one; a test run inside it would never end. What needs a Docker engine is run by the live tests.
const ELSEWHERE = ["npm test", "npm start -- --live", "npm run test:live"];
const offline = commands
  .filter(({ line, headings }) => !headings.includes(REAL) && !ELSEWHERE.includes(line))
  .map(({ line }) => line);

describe("what the first screen tells to type", () => {
  let copy: string;
  beforeAll(() => (copy = copyProject()));
  afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

  test("the first two commands are npm start and npm test", () => {
    expect(commands.slice(0, 2).map(({ line }) => line)).toEqual(["npm start", "npm test"]);
  });

  test.each(offline)("%s", (line) => {
    const { status, stdout, stderr } = spawnSync(line, {
      cwd: copy,
      shell: true,
      encoding: "utf8",
    });
    expect({ line, status, output: status === 0 ? "" : stdout + stderr }).toEqual({
      line,
      status: 0,
      output: "",
    });
  });
});

describe("what the first screen leads to", () => {
  const text = fs.readFileSync(path.join(ROOT, "README.md"), "utf8");

  test("every file it links to is there", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = ""]) => file);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((file) => !fs.existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test("the life of a change names every workflow", () => {
    const [life = ""] = /## The life of a change[^]*?\n## /.exec(text) ?? [];
    const named = [...life.matchAll(/`([a-z-]+)`/g)].map(([, name]) => `${name}.yml`);
    expect(named.sort()).toEqual(fs.readdirSync(path.join(ROOT, ".github/workflows")).sort());
  });
});

/** `pulumi config set [--secret] [--path] key [value]`, as key and value. */
function setting(line: string): [string, string] | undefined {
  const [, rest] = /^pulumi config set (.*)$/.exec(line) ?? [];
  if (rest === undefined) return undefined;
  const words = rest.split(" ").filter((word) => !word.startsWith("--"));
  const [key = "", value = "typed at the prompt"] = words.map((word) => word.replace(/^'|'$/g, ""));
  return [key, value];
}

describe("what needs an account", () => {
  const settings = real.flatMap((line) => setting(line) ?? []).length > 0 ? real.map(setting) : [];
  const pairs = settings.filter((pair): pair is [string, string] => pair !== undefined);

  test("the settings make a configuration that is accepted as it stands", async () => {
    const own: Record<string, unknown> = {};
    for (const [key, value] of pairs.filter(([key]) => !key.includes(":"))) {
      const [, top = "", list, field] = /^([^.[]+)(?:\.([^.[]+)\[0\])?(?:\.(.+))?$/.exec(key) ?? [];
      const inner = list ? { [list]: [value] } : { [field ?? ""]: value };
      own[`portolan:${top}`] =
        (list ?? field) ? { ...(own[`portolan:${top}`] as object), ...inner } : value;
    }
    const text = Object.entries(own).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const problems = new Problems();
    const stack = readStackConfig(Object.fromEntries(text), problems);
    expect(problems.all).toEqual([]);
    const system = await loadSystem(stack?.system ?? "");
    expect(stack && system).toBeDefined();
    if (!stack || !system) return;
    const environment = {
      stack: "mine",
      system: stack.system,
      profile: stack.profile,
      protected: false,
    };
    system.describe({
      stack,
      environment,
      settings: system.settings.parse(stack.settings),
      problems,
    });
    expect(problems.all).toEqual([]);
  });

  test.each(pairs.filter(([key]) => key.includes(":")))("the provider knows %s", (key) => {
    const [namespace = "", name = ""] = key.replace(/\[.*$/, "").split(":");
    const folder = path.join(ROOT, "node_modules", "@pulumi", namespace, "config", "vars.d.ts");
    expect(fs.readFileSync(folder, "utf8")).toMatch(new RegExp(`export declare const ${name}:`));
  });

  test("the policy pack stands where the command looks for it", () => {
    const packs = real.flatMap((line) => / --policy-pack (\S+)/.exec(line)?.[1] ?? []);
    expect(packs.length).toBeGreaterThan(0);
    for (const pack of packs)
      expect(fs.existsSync(path.join(ROOT, pack, "PulumiPolicy.yaml"))).toBe(true);
  });

  test("every other command is one the test knows to be right", () => {
    const others = real.filter((line) => !setting(line) && !line.includes("--policy-pack"));
    expect(others).toEqual(["npm ci", "pulumi stack init mine"]);
  });
});
