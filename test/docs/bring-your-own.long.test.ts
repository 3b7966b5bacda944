import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import { CLOUDS } from "../../components/cloud";
import { stackFile } from "../support/stacks";
import { copyProject } from "../support/project-copy";
import { commandsOf, ROOT } from "./markdown";

const PAGE = "docs/bring-your-own.md";

/** The code blocks of a page in a language, as they stand. */
const blocks = (language: string): string[] =>
  fs
    .readFileSync(path.join(ROOT, PAGE), "utf8")
    .split("\n```")
    .filter((part) => part.startsWith(`${language}\n`))
    .map((part) => part.slice(language.length + 1));

let project: string;
beforeAll(() => {
  project = copyProject();
  const [program = "", entry = ""] = blocks("ts");
  fs.writeFileSync(path.join(project, "systems/guestbook.ts"), program);
  const load = path.join(project, "systems/load.ts");
  const anchor = "  rayray:";
  const text = fs.readFileSync(load, "utf8");
  expect(text).toContain(anchor);
  fs.writeFileSync(load, text.replace(anchor, `  ${entry.trim()}\n${anchor}`));
  fs.writeFileSync(path.join(project, "guestbook.yaml"), blocks("yaml")[0] ?? "");
});
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

function run(line: string): void {
  const { status, stdout, stderr } = spawnSync(line, {
    cwd: project,
    shell: true,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ line, status, output: status === 0 ? "" : stdout + stderr }).toEqual({
    ...{ line, status: 0, output: "" },
  });
}

test.each(commandsOf(PAGE).map(({ line }) => line))("%s", run);

test.each(CLOUDS.filter((cloud) => cloud !== "aws"))("the same description goes to %s", (cloud) => {
  const { config } = yaml.load(
    fs.readFileSync(stackFile("lattice-policy", cloud, "staging"), "utf8"),
  ) as { config: Record<string, unknown> };
  const { "portolan:settings": _own, ...rest } = config;
  const own = { "portolan:system": "guestbook", "portolan:images": { web: "1.0.0" } };
  fs.writeFileSync(path.join(project, `${cloud}.yaml`), yaml.dump({ config: { ...rest, ...own } }));
  run(`bin/sandbox up --yes --stack ${cloud} --config-file ${cloud}.yaml`);
});
