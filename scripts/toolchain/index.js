"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { createProgress } = require("../setup/progress.js");
const { SetupError } = require("../setup/errors.js");
const { withLock } = require("../setup/lock.js");
const { runLines } = require("../setup/run.js");
const { cacheRoot, findInCache, makeWorkFolder, publish, writeMarker } = require("./cache.js");
const { download } = require("./download.js");
const { goBuild, goEnvironment } = require("./go-build.js");
const { findOnPath, versionOf, LANGUAGE_HOST } = require("./path.js");
const { PULUMI_VERSION } = require("./versions.js");

/** Runs both programs once: only what has been seen to run is kept. Returns the reason when one does not. */
async function prove(folder, env) {
  const bin = path.join(folder, "bin");
  const version = await versionOf(path.join(bin, "pulumi"), env);
  if (version !== `v${PULUMI_VERSION}`)
    return `its pulumi tells the version ${version ?? "not at all"}`;
  let usage = false;
  await runLines(path.join(bin, LANGUAGE_HOST), ["-help"], {
    env,
    onLine: (line) => (usage ||= /^usage/i.test(line)),
  });
  return usage ? undefined : `its ${LANGUAGE_HOST} does not run`;
}

/** Fills a work folder by the first way that works; tells whether it holds the official programs. */
async function make(folder, { env, progress }) {
  let reason = await download(folder, { env, progress });
  reason ??= await prove(folder, env);
  if (!reason) return { official: true };

  const go = await goEnvironment(env);
  if (go.reason) {
    throw new SetupError(
      `Pulumi ${PULUMI_VERSION} is not on this machine, could not be downloaded (${reason}) and cannot be built (${go.reason}): ` +
        "either install the Pulumi CLI from https://www.pulumi.com/docs/install/ or install Go 1.26 or newer from https://go.dev/dl/, then run this again.",
    );
  }
  progress.note("Next: building it from its Go modules.");
  // What an archive left behind that did not prove itself.
  fs.rmSync(path.join(folder, "bin"), { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, "bin"));
  await goBuild(folder, { env: go.env, progress });
  const fault = await prove(folder, env);
  if (fault)
    throw new SetupError(
      `The toolchain was built, but ${fault}. Run this again; nothing of it was kept.`,
    );
  return { official: false };
}

/**
 * Finds or makes the Pulumi CLI and its Node.js language host: PATH, then our cache folder, then the official download,
 * then a Go build. Silent when it finds them.
 */
async function ensureToolchain({ env = process.env, progress = createProgress() } = {}) {
  const { toolchain, reason } = await findOnPath(env);
  if (toolchain) return toolchain;
  const cached = findInCache(env);
  if (cached) return cached;
  if (reason) progress.note(`Passed over: ${reason}.`);

  const lock = path.join(cacheRoot(env), `${PULUMI_VERSION}.lock`);
  return withLock(
    lock,
    async () => {
      const meanwhile = findInCache(env);
      if (meanwhile) return meanwhile;
      const folder = makeWorkFolder(env);
      try {
        writeMarker(folder, await make(folder, { env, progress }));
        publish(folder, env);
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
      return findInCache(env);
    },
    {
      onWait: (pid) => progress.note(`Waiting for process ${pid}, which is making the toolchain.`),
    },
  );
}

module.exports = { ensureToolchain };
