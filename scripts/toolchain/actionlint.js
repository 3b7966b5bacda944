"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { runLines } = require("../setup/run.js");
const { withLock } = require("../setup/lock.js");
const { cacheRoot } = require("./cache.js");
const { goEnvironment } = require("./go-build.js");
const { which } = require("./path.js");

/** The version of go/actionlint/go.mod. */
const ACTIONLINT_VERSION = "1.7.7";

/** The linter of GitHub's workflows: the one on PATH, or the one that an earlier run has built. */
function findActionlint(env = process.env) {
  const built = path.join(cacheRoot(env), `actionlint-${ACTIONLINT_VERSION}`);
  return which("actionlint", env) ?? (fs.existsSync(built) ? built : undefined);
}

/**
 * Builds it where it is missing and Go can build it: it takes seconds. Nothing depends on it but one test, which is
 * skipped without it, so that a machine without Go goes on. Gives its path, or why there is none.
 */
async function ensureActionlint({ env = process.env, progress } = {}) {
  const found = findActionlint(env);
  if (found) return { file: found };
  const go = await goEnvironment(env);
  if (go.reason) return { reason: go.reason };
  const root = cacheRoot(env);
  fs.mkdirSync(root, { recursive: true });
  const file = path.join(root, `actionlint-${ACTIONLINT_VERSION}`);
  return withLock(`${file}.lock`, async () => {
    if (fs.existsSync(file)) return { file };
    const step = progress?.step(`Building actionlint ${ACTIONLINT_VERSION} with Go`);
    const draft = `${file}.${process.pid}`;
    const flags = ["-trimpath", "-mod=readonly", "-buildvcs=false", "-ldflags", "-s -w"];
    const main = "github.com/rhysd/actionlint/cmd/actionlint";
    const { code, tail } = await runLines("go", ["build", ...flags, "-o", draft, main], {
      cwd: path.join(__dirname, "go", "actionlint"),
      env: go.env,
    });
    if (code !== 0) {
      step?.failed("failed");
      return { reason: `Go could not build it: ${tail.at(-1) ?? "no message"}` };
    }
    fs.renameSync(draft, file);
    step?.done("built");
    return { file };
  });
}

module.exports = { ensureActionlint, findActionlint, ACTIONLINT_VERSION };
