"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { SetupError } = require("./errors.js");
const { withLock } = require("./lock.js");
const { runLines } = require("./run.js");

/** How many of npm's error lines are shown. */
const SHOWN_ERRORS = 12;

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * Compares the lockfile with npm's own record of what it installed: no network and no walk through node_modules.
 * Optional packages are for other platforms and may be absent.
 */
function packagesFit(root) {
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const installed = readPackages(path.join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([where, entry]) => {
    if (where === "" || entry.link) return true;
    const have = installed[where];
    return have ? have.version === entry.version : Boolean(entry.optional);
  });
}

/** Installs the packages of the lockfile when they are missing or stale. */
async function ensurePackages(root, { env = process.env, progress }) {
  if (packagesFit(root)) return;
  await withLock(
    path.join(root, ".portolan", "npm-ci.lock"),
    async () => {
      if (packagesFit(root)) return;
      const entries = Object.entries(readPackages(path.join(root, "package-lock.json")) ?? {});
      const total = entries.filter(([where, { optional }]) => where !== "" && !optional).length;
      const step = progress.step("Installing npm packages");
      let fetched = 0;
      const errors = [];
      const { code } = await runLines("npm", ["ci", "--loglevel=http"], {
        cwd: root,
        env,
        onLine: (line) => {
          if (line.startsWith("npm error")) errors.push(line);
          if (/^npm http (fetch|cache)/.test(line)) fetched += 1;
          step.update(fetched < total ? `${fetched} of ${total} packages` : "unpacking");
        },
      });
      if (code !== 0) {
        step.failed("failed");
        // npm ends with its usage text; the cause stands first.
        const said = errors.slice(0, SHOWN_ERRORS).join("\n  ");
        throw new SetupError(
          `npm ci failed:\n  ${said}\nSee that the npm registry can be reached (npm ping) and run this again.`,
        );
      }
      step.done(`${total} packages`);
    },
    {
      onWait: (pid) =>
        progress.note(`Waiting for process ${pid}, which is installing npm packages.`),
    },
  );
}

module.exports = { ensurePackages, packagesFit };
