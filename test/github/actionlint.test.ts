import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findActionlint } from "../../scripts/toolchain/actionlint";
import { ROOT } from "../docs/markdown";

const FOLDER = ".github/workflows";
const linter = findActionlint();
const linted = linter === undefined ? test.skip : test;
const why =
  linter === undefined ? " (skipped: actionlint is not here, and Go could not build it)" : "";

const WRONG = `on: push
jobs:
  one:
    runs-on: ubuntu-24.04
    needs: two
    steps:
      - run: echo "\${{ github.nothing }}"
`;

const lint = (...files: string[]) =>
  spawnSync(linter ?? "", ["-shellcheck=", "-pyflakes=", "-no-color", ...files], {
    cwd: ROOT,
    encoding: "utf8",
  });

linted(`the linter of GitHub's workflows finds nothing${why}`, () => {
  const files = fs.readdirSync(path.join(ROOT, FOLDER)).map((file) => path.join(FOLDER, file));
  const { status, stdout, stderr } = lint(...files);
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
});

linted(`and would find what is wrong${why}`, () => {
  const file = path.join(fs.mkdtempSync(path.join(ROOT, ".portolan-lint-")), "wrong.yml");
  try {
    fs.writeFileSync(file, WRONG);
    const { status, stdout } = lint(file);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/needs job "two"[^]*property "nothing" is not defined/),
    ]);
  } finally {
    fs.rmSync(path.dirname(file), { recursive: true, force: true });
  }
});
