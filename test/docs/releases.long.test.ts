import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { copyProject } from "../support/project-copy";
import { commandsOf } from "./markdown";

let project: string;
beforeAll(() => (project = copyProject()));
afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

const commands = commandsOf("docs/releases.md").filter(({ headings }) =>
  headings.includes("Try it"),
);

/** The page says that the first release goes back by itself. */
const expected = (index: number): number =>
  index === commands.findIndex(({ line }) => line.includes("bin/release")) ? 1 : 0;

test.each(commands.map(({ line }, index) => [line, expected(index)] as const))(
  "%s ends with %i",
  (line, code) => {
    const { status, stdout, stderr } = spawnSync(line, {
      cwd: project,
      shell: true,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const output = status === code ? "" : stdout + stderr;
    expect({ status, output }).toEqual({ status: code, output: "" });
  },
);
