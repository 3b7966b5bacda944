"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { runLines } = require("../setup/run.js");
const { isFittingPulumi, PULUMI_VERSION } = require("./versions.js");
const { findInCache, readMarker } = require("./cache.js");

/** A wrapper script on PATH that hangs must not hang the set-up. */
const VERSION_TIMEOUT_MS = 15_000;
const LANGUAGE_HOST = "pulumi-language-nodejs";

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The first executable of that name on PATH, as a shell finds it. */
function which(name, env) {
  return (env.PATH ?? "")
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

/** What `pulumi version` prints, or undefined when the file does not run. */
async function versionOf(pulumi, env) {
  const lines = [];
  const { code } = await runLines(pulumi, ["version"], {
    env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    onLine: (line) => lines.push(line),
    timeoutMs: VERSION_TIMEOUT_MS,
  });
  return code === 0
    ? lines.map((line) => line.trim()).find((line) => /^v?\d+\./.test(line))
    : undefined;
}

/**
 * Looks at the `pulumi` on PATH. Gives a toolchain, or the reason why it is passed over, or nothing when there is none.
 * The language host is looked for where the engine looks: on PATH, then beside the program.
 */
async function findOnPath(env) {
  const pulumi = which("pulumi", env);
  if (!pulumi) return {};
  // Ours was proved when it was made; to run it again takes a third of a second of every command.
  const ours = findInCache(env);
  if (ours?.pulumi === pulumi) return { toolchain: ours };
  const version = await versionOf(pulumi, env);
  if (!version) return { reason: "the pulumi on PATH does not run or tells no version" };
  if (!isFittingPulumi(version)) {
    return {
      reason: `the pulumi on PATH is ${version}, and ${PULUMI_VERSION} or newer (below 4) is needed`,
    };
  }
  const binDir = path.dirname(pulumi);
  const beside = [binDir, path.dirname(fs.realpathSync(pulumi))].map((folder) =>
    path.join(folder, LANGUAGE_HOST),
  );
  const host = which(LANGUAGE_HOST, env) ?? beside.find(isExecutable);
  if (!host) {
    return {
      reason: `the pulumi on PATH (${version}) has no ${LANGUAGE_HOST} beside it or on PATH`,
    };
  }
  // The folder we build into may itself be on PATH; its marker tells which language host it has.
  const official = readMarker(path.dirname(path.dirname(fs.realpathSync(host))))?.official ?? true;
  return { toolchain: { pulumi, binDir, official, version, source: "path" } };
}

module.exports = { findOnPath, versionOf, which, isExecutable, LANGUAGE_HOST };
