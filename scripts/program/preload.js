"use strict";

/** Loaded before the Pulumi program (nodeargs in Pulumi.yaml): a transpiler, then cheap stack traces. */
const fs = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("@swc/core");
// The very module that the SDK's runner loads: two of them would overwrite each other's work.
const sdk = require.resolve("@pulumi/pulumi/package.json");
const sourceMaps = require(require.resolve("source-map-support", { paths: [sdk] }));

/** What swc makes of a file. Types are checked by `npm run check`; a register package would load the compiler for it. */
const TRANSPILE = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
  sourceMaps: true,
  swcrc: false,
};

const maps = new Map();

Module._extensions[".ts"] = (module, filename) => {
  const { code, map } = transformSync(fs.readFileSync(filename, "utf8"), {
    ...TRANSPILE,
    filename,
  });
  maps.set(filename, map);
  module._compile(code, filename);
};

/**
 * The SDK takes two stack traces for each resource and one for each promise, and its runner maps every frame of them
 * back to TypeScript one by one: a quarter of the program's CPU time. The frames are the same few hundred all the
 * time, so each is mapped once. Installing first keeps the runner's own installation from replacing this.
 */
sourceMaps.install({
  retrieveSourceMap: (url) => (maps.has(url) ? { url, map: maps.get(url) } : null),
});

const mapped = new Map();

/** One frame as V8 writes it, with its position in the source instead of the transpiled file. */
function mapFrame(text) {
  const [, before, source, line, column, after] =
    /^(.*\()?(.+?):(\d+):(\d+)(\)?)$/.exec(text) ?? [];
  if (source === undefined || source.startsWith("node:")) return text;
  const found = sourceMaps.mapSourcePosition({
    source,
    line: Number(line),
    column: Number(column) - 1,
  });
  return `${before ?? ""}${found.source}:${found.line}:${found.column + 1}${after}`;
}

function frame(site) {
  const text = String(site);
  let result = mapped.get(text);
  if (result === undefined) {
    result = `\n    at ${mapFrame(text)}`;
    mapped.set(text, result);
  }
  return result;
}

Error.prepareStackTrace = (error, sites) =>
  `${error.name || "Error"}: ${error.message || ""}${sites.map(frame).join("")}`;
