/**
 * The sandbox is TypeScript, but its processes start many times a day, twice or more per command. They run from
 * plain JavaScript that is made once per content: node_modules/.cache/portolan-sandbox/<digest>/.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const CACHE = path.join(__dirname, "..", "node_modules", ".cache", "portolan-sandbox");
const DAY = 24 * 60 * 60 * 1000;

const ROOT = path.join(__dirname, "..");

/** The sandbox, and of the policy pack what decides on deployability: a cloud refuses what the rules find. */
const SOURCES = ["sandbox", "policy/lib", "policy/rules/deployability"];

/** Folder of the compiled sandbox, made when the sources have changed. */
function compiled() {
  const files = SOURCES.flatMap((folder) => sources(path.join(ROOT, folder)));
  const digest = createHash("sha256");
  for (const file of [...files, path.join(__dirname, "compile.cjs")])
    digest.update(file).update(fs.readFileSync(file));
  const folder = path.join(CACHE, digest.digest("hex").slice(0, 16));
  if (!fs.existsSync(folder)) make(files, folder);
  return path.join(folder, "sandbox");
}

function make(files, folder) {
  const { transformSync } = require("@swc/core");
  const draft = `${folder}.${process.pid}`;
  for (const file of files) {
    const target = path.join(draft, path.relative(ROOT, file).replace(/\.ts$/, ".js"));
    const { code } = transformSync(fs.readFileSync(file, "utf8"), {
      filename: file,
      swcrc: false,
      module: { type: "commonjs", ignoreDynamic: false },
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
    });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, code);
  }
  writeLaunchers(path.join(draft, "sandbox"), path.join(folder, "sandbox"));
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error; // Another process was faster; its result is the same.
    fs.rmSync(draft, { recursive: true, force: true });
  }
  forgetOld(folder);
}

/** One executable per simulated package, in a folder of its own: every folder with an index.ts is one. */
function writeLaunchers(draft, folder) {
  for (const name of fs.readdirSync(__dirname)) {
    if (!fs.existsSync(path.join(__dirname, name, "index.ts"))) continue;
    const main = path.join(folder, "lib", "main.js");
    const file = path.join(draft, "plugins", name, `pulumi-resource-${name}`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `#!/bin/sh\nexec node "${main}" ${name} "$@"\n`, { mode: 0o755 });
  }
}

/** Folders of earlier contents go after a day: until then a running command may still use them. */
function forgetOld(current) {
  for (const name of fs.readdirSync(CACHE)) {
    const folder = path.join(CACHE, name);
    if (folder === current || Date.now() - fs.statSync(folder).mtimeMs < DAY) continue;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function sources(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return /(?<!\.(test|fixtures))\.ts$/.test(entry.name) ? [file] : [];
  });
}

module.exports = { compiled };
