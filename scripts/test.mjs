import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import errors from "./setup/errors.js";
import progressModule from "./setup/progress.js";
import setup from "./setup/index.js";
import checks from "./test/checks.js";
import summary from "./test/summary.js";
import actionlint from "./toolchain/actionlint.js";

/** Runs jest with its own output shown; gives its exit code and its result as data. */
async function runJest(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-test-"));
  const outputFile = path.join(folder, "result.json");
  const jest = path.join(setup.ROOT, "node_modules", "jest", "bin", "jest.js");
  const reporters = ["default", path.join(setup.ROOT, "scripts/test/progress-reporter.js")];
  // Behind the caller's arguments, because the list of reporters would swallow a path that follows it.
  const options = [
    "--json",
    `--outputFile=${outputFile}`,
    ...(args.includes("--runInBand") ? [] : [`--maxWorkers=${os.availableParallelism()}`]),
    ...reporters.map((reporter) => `--reporters=${reporter}`),
  ];
  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [jest, ...args, ...options], {
        cwd: setup.ROOT,
        stdio: "inherit",
      });
      child.on("error", reject);
      child.on("close", (status) => resolve(status ?? 1));
    });
    const result = fs.existsSync(outputFile)
      ? JSON.parse(fs.readFileSync(outputFile, "utf8"))
      : undefined;
    return { code, result };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** One test needs it, and is skipped without it. */
async function ensureLinter() {
  const progress = progressModule.createProgress();
  const { reason } = await actionlint.ensureActionlint({ progress });
  if (reason) progress.note(`actionlint: ${reason}; its test will be skipped.`);
}

await errors.main(async () => {
  const args = process.argv.slice(2);
  await setup.setUp();
  await ensureLinter();
  // A person who names tests is at work on them; the static checks belong to the whole run.
  const failedChecks =
    args.length === 0 ? await checks.runChecks(setup.ROOT, progressModule.createProgress()) : [];
  if (args.length > 0)
    console.error("Static checks: left out, because the run was given arguments (npm run check).");
  const { code, result } = await runJest(args);
  if (!result) throw new errors.SetupError("jest ended without a result; its message is above.");
  if (failedChecks.length > 0)
    console.log(`Static checks that failed: ${failedChecks.join(", ")} (see above).`);
  console.log(summary.closingLine(result));
  return code !== 0 || failedChecks.length > 0 ? 1 : 0;
});
