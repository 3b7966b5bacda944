"use strict";

/**
 * Loads the pack's TypeScript through swc, without types being checked (`npm run check` does that), and keeps what came
 * out beside the installed packages: the pack starts with every preview, and its files change seldom.
 * A register package would load the TypeScript compiler for its settings: 0.25 s the pack does not need.
 */
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { version } = require("@swc/core/package.json");

const options = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
  swcrc: false,
};

const packages = path.join(path.dirname(require.resolve("@pulumi/pulumi/package.json")), "../..");
const file = path.join(packages, ".cache", "portolan", `policy-swc-${version}.json`);
const kept = read();
let changed = false;

Module._extensions[".ts"] = function loadTypeScript(module, filename) {
  const { mtimeMs, size } = fs.statSync(filename);
  const stamp = `${mtimeMs}:${size}`;
  let entry = kept[filename];
  if (entry?.stamp !== stamp) {
    entry = { stamp, code: transpile(filename) };
    kept[filename] = entry;
    changed = true;
  }
  module._compile(entry.code, filename);
};

function transpile(filename) {
  const { transformSync } = require("@swc/core");
  return transformSync(fs.readFileSync(filename, "utf8"), { ...options, filename }).code;
}

function read() {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

/** Keeps what was transpiled. Packs that start at once each write a whole file; one that cannot write goes without. */
module.exports.keep = function keep() {
  if (!changed) return;
  const current = Object.entries(kept).filter(([name]) => fs.existsSync(name));
  const temporary = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(temporary, JSON.stringify(Object.fromEntries(current)));
    fs.renameSync(temporary, file);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
};
