import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import errors from "./setup/errors.js";
import progressModule from "./setup/progress.js";
import setup from "./setup/index.js";

const require = createRequire(import.meta.url);

/** The runner of all tests, with the live ones' configuration. */
function runTests(args, env) {
  const runner = path.join(setup.ROOT, "scripts", "test.mjs");
  const command = [runner, "--config", "jest.live.config.js", "--runInBand", ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

await errors.main(async () => {
  await setup.setUp();
  require("@swc-node/register");
  const load = (file) => require(path.join(setup.ROOT, "scripts", "live", file));
  const progress = progressModule.createProgress();
  let engine;
  try {
    engine = await load("engine.ts").ensureEngine(progress);
  } catch (error) {
    if (!(error instanceof errors.SetupError)) throw error;
    console.error(`Live tests are skipped. ${error.message}`);
    return runTests(process.argv.slice(2), { PORTOLAN_LIVE_SKIP: error.message });
  }
  try {
    await load("images.ts").ensureImages(engine.docker, progress);
    await load("main.ts").standIns(engine.docker, progress);
    return await runTests(process.argv.slice(2), { PORTOLAN_LIVE_HOST: engine.host });
  } finally {
    if (engine.started) await load("engine.ts").stopEngine();
  }
});
