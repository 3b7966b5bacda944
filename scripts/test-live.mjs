import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
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

const FIGURES = path.join(setup.ROOT, ".portolan/live/figures.json");
const KEPT = path.join(setup.ROOT, "docs/measured/docker-host.json");

/** What the run has measured, for docs/reliability-docker.md. */
function keepFigures(engine) {
  const machine = `${os.availableParallelism()} × ${os.cpus()[0]?.model ?? "unknown processor"}, load average ${os.loadavg()[1].toFixed(1)}, Docker engine ${engine.version}`;
  const figures = JSON.parse(fs.readFileSync(FIGURES, "utf8"));
  const kept = { date: new Date().toISOString().slice(0, 10), machine, figures };
  fs.mkdirSync(path.dirname(KEPT), { recursive: true });
  fs.writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);
}

/** An engine with everything on it that the tests need, or what is missing and cannot be had here. */
async function prepared(load, progress) {
  let engine;
  try {
    engine = await load("engine.ts").ensureEngine(progress);
    await load("stand-ins.ts").proveEngine(engine.docker, progress);
    await load("images.ts").ensureImages(engine.docker, progress);
    await load("main.ts").standIns(engine.docker, progress);
    return { engine };
  } catch (error) {
    if (error instanceof errors.Unavailable) return { engine, missing: error.message };
    if (engine?.started) await load("engine.ts").stopEngine();
    throw error;
  }
}

await errors.main(async () => {
  const keep = process.argv.includes("--keep-figures");
  const own = ["--keep-figures", "--long"];
  if (process.argv.includes("--long")) process.env.PORTOLAN_LIVE_LONG = "1";
  const args = process.argv.slice(2).filter((argument) => !own.includes(argument));
  await setup.setUp();
  require("@swc-node/register");
  const load = (file) => require(path.join(setup.ROOT, "scripts", "live", file));
  const { engine, missing } = await prepared(load, progressModule.createProgress());
  try {
    if (missing !== undefined) {
      console.error(`Live tests are skipped. ${missing}`);
      return await runTests(args, { PORTOLAN_LIVE_SKIP: missing });
    }
    // What an earlier run has measured is not this one's.
    if (keep) fs.rmSync(FIGURES, { force: true });
    const code = await runTests(args, { PORTOLAN_LIVE_HOST: engine.host });
    if (keep && code === 0) keepFigures(engine);
    return code;
  } finally {
    if (engine?.started) await load("engine.ts").stopEngine();
  }
});
