"use strict";

const path = require("node:path");
const { runLines } = require("../setup/run.js");

const CHECKS = [
  { name: "types", command: ["tsc"], remedy: "correct the types named above" },
  { name: "lint", command: ["eslint", "."], remedy: "npx eslint --fix . mends what can be mended" },
  {
    name: "format",
    command: ["prettier", "--check", "."],
    remedy: "npx prettier --write . formats",
  },
];

/** Runs the static checks one after the other (the type check alone takes most of a small machine's memory). Gives the names of those that failed. */
async function runChecks(root, progress) {
  const failed = [];
  for (const { name, command, remedy } of CHECKS) {
    const step = progress.step(`Checking ${name}`);
    const lines = [];
    const [program, ...args] = command;
    const { code } = await runLines(path.join(root, "node_modules", ".bin", program), args, {
      cwd: root,
      onLine: (line) => lines.push(line),
    });
    if (code === 0) {
      step.done();
      continue;
    }
    failed.push(name);
    step.failed(`failed; ${remedy}`);
    console.error(lines.join("\n"));
  }
  return failed;
}

module.exports = { runChecks };
