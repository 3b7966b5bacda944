import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readClosingLine, totalLine } from "./test/summary.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Scripts of the whole check and their arguments, one after the other; each ends with a closing line of its own. */
const RUNS = process.argv.slice(2);

/** Runs an npm script with its output shown; gives its exit code and its closing line as counts. */
function run(script) {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", ...script.split(" ")], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let counts;
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(line);
      counts = readClosingLine(line) ?? counts;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, counts }));
  });
}

const results = [];
for (const script of RUNS) {
  const { code, counts } = await run(script);
  // A run that ended without its line has told nothing about its tests.
  results.push(counts ?? { passed: 0, failed: 1, skipped: 0 });
  if (code !== 0) process.exitCode = 1;
}
console.log(totalLine(results));
