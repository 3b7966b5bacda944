import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT } from "../docs/markdown";

const run = (program: string, ...args: string[]) => {
  const { status, stderr, stdout } = spawnSync(path.join(ROOT, "bin", program), args, {
    encoding: "utf8",
  });
  return { status, text: stdout + stderr };
};

test.each([
  ["no stack", ["--version", "1"], "required option '-s, --stack <name>' not specified"],
  ["no version", ["-s", "dev"], "required option '--version <version>' not specified"],
  ["a wrong share", ["-s", "dev", "--version", "1", "--steps", "50"], "write rising percents"],
  ["no config file", ["-s", "nobody", "--version", "1"], "Pulumi.nobody.yaml: does not exist"],
  ["no project", ["-s", "dev", "--version", "1", "-C", "/"], "no Pulumi.yaml here or above"],
])("bin/release refuses %s with one sentence and exit code 2", (_what, args, sentence) => {
  const { status, text } = run("release", ...args);
  expect(text).toContain(sentence);
  expect(text.trim().split("\n")).toHaveLength(1);
  expect(status).toBe(2);
});

test.each(["release", "rollback"])("bin/%s explains itself and its exit codes", (program) => {
  const { status, text } = run(program, "--help");
  expect(status).toBe(0);
  expect(text).toMatch(/Exit code: 0 .*, 1 .*2 nothing was begun,\s3 /s);
});
