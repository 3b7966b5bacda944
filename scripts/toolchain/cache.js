"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { recipe } = require("./recipe.js");
const { PULUMI_VERSION } = require("./versions.js");

/** Written last into a finished folder; a folder without it, or whose files differ from it, counts as not there. */
const MARKER = "toolchain.json";
const PROGRAMS = ["pulumi", "pulumi-language-nodejs"];

/** The folder that holds one sub-folder for each version, outside node_modules so that `npm ci` leaves it alone. */
function cacheRoot(env) {
  const base =
    env.PORTOLAN_CACHE ||
    path.join(env.XDG_CACHE_HOME || path.join(env.HOME || os.homedir(), ".cache"), "portolan");
  return path.join(base, "toolchain");
}

function readMarker(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, MARKER), "utf8"));
  } catch {
    return undefined;
  }
}

const sizes = (folder) =>
  Object.fromEntries(
    PROGRAMS.map((name) => [name, fs.statSync(path.join(folder, "bin", name)).size]),
  );

/** Marks a folder as complete. Sizes are kept so that a truncated copy is seen without running anything. */
function writeMarker(folder, { official }) {
  const made = official ? {} : { recipe: recipe() };
  const marker = { version: PULUMI_VERSION, official, ...made, sizes: sizes(folder) };
  fs.writeFileSync(path.join(folder, MARKER), `${JSON.stringify(marker, null, 2)}\n`);
}

/** The complete toolchain of an earlier run, or undefined. */
function findInCache(env) {
  const folder = path.join(cacheRoot(env), PULUMI_VERSION);
  const marker = readMarker(folder);
  if (marker?.version !== PULUMI_VERSION) return undefined;
  if (!marker.official && marker.recipe !== recipe()) return undefined;
  try {
    const now = sizes(folder);
    if (PROGRAMS.some((name) => now[name] !== marker.sizes?.[name])) return undefined;
  } catch {
    return undefined;
  }
  const binDir = path.join(folder, "bin");
  return {
    pulumi: path.join(binDir, "pulumi"),
    binDir,
    official: marker.official,
    version: `v${marker.version}`,
    source: "cache",
  };
}

/** Puts a finished folder in its place in one step; what stood there was not complete, or it would have been used. */
function publish(folder, env) {
  const target = path.join(cacheRoot(env), PULUMI_VERSION);
  const old = `${folder}.old`;
  if (fs.existsSync(target)) fs.renameSync(target, old);
  fs.renameSync(folder, target);
  fs.rmSync(old, { recursive: true, force: true });
}

/** A fresh folder beside the target, on the same file system. Leftovers of killed runs go: the caller holds the lock. */
function makeWorkFolder(env) {
  const root = cacheRoot(env);
  fs.mkdirSync(root, { recursive: true });
  for (const name of fs.readdirSync(root)) {
    if (name.startsWith(".work-"))
      fs.rmSync(path.join(root, name), { recursive: true, force: true });
  }
  const folder = fs.mkdtempSync(path.join(root, ".work-"));
  fs.mkdirSync(path.join(folder, "bin"));
  return folder;
}

module.exports = { cacheRoot, findInCache, makeWorkFolder, publish, readMarker, writeMarker };
