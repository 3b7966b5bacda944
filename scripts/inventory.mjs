import { spawnSync } from "node:child_process";
import path from "node:path";
import setup from "./setup/index.js";

/**
 * npm run inventory -- [<system>-<cloud> ...]: deploys into the sandbox what the acceptance tests deploy, and writes down
 * what stands there (test/inventory). Without names all of them.
 */
const names = process.argv.slice(2);
/** The acceptance tests that take minutes are meant, too. */
const ALL = [
  "--testMatch=<rootDir>/test/acceptance/**/*.test.ts",
  "--testPathIgnorePatterns=/node_modules/",
];
const files = (names.length > 0 ? names : [""]).map((name) => `test/acceptance/${name}`);
const run = spawnSync(
  process.execPath,
  [path.join(setup.ROOT, "scripts/test.mjs"), ...files, "-t", "inventory", ...ALL],
  { cwd: setup.ROOT, stdio: "inherit", env: { ...process.env, PORTOLAN_INVENTORY: "write" } },
);
process.exitCode = run.status ?? 1;
