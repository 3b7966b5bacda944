"use strict";

const path = require("node:path");
const { runLines } = require("../setup/run.js");

const bin = (name) => path.join("node_modules", ".bin", name);
const CHECKS = [
  { name: "types", command: [bin("tsc")], remedy: "correct the types named above" },
  {
    name: "lint",
    command: [bin("eslint"), "."],
    remedy: "npx eslint --fix . mends what can be mended",
  },
  {
    name: "format",
    command: [bin("prettier"), "--check", "."],
    remedy: "npx prettier --write . formats",
  },
  {
    name: "generated pages",
    command: [process.execPath, path.join("scripts", "docs.mjs"), "--check"],
    remedy: "npm run docs writes them anew",
  },
];

/** Runs the static checks one after the other (the type check alone takes most of a small machine's memory). Gives the names of those that failed. */
async function runChecks(root, progress) {
  const failed = [];
  for (const { name, command, remedy } of CHECKS) {
    const step = progress.step(`Checking ${name}`);
    const lines = [];
    const [program, ...args] = command;
    const { code } = await runLines(path.resolve(root, program), args, {
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
