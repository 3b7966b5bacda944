"use strict";

const { spawn } = require("node:child_process");
const { createInterface } = require("node:readline");

/** How many of a failed command's last lines are kept for the error message. */
const TAIL_LINES = 15;

/**
 * Runs a command and hands over its lines (stdout and stderr alike) as they come.
 * A command that cannot be started gives code 127, as a shell would say it.
 */
function runLines(command, args, { cwd, env, onLine = () => {}, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
    });
    const tail = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
        onLine(line);
      });
    }
    child.on("error", (error) => resolve({ code: 127, tail: [error.message] }));
    child.on("close", (code) => resolve({ code: code ?? 1, tail }));
  });
}

module.exports = { runLines };
