"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const { transformSync } = require("@swc/core");

/** What swc makes of a file. Types are checked by `npm run check`; a register package would load the compiler for it. */
const TRANSPILE = {
  jsc: { target: "es2022", parser: { syntax: "typescript" } },
  module: { type: "commonjs" },
  sourceMaps: true,
  swcrc: false,
};

/** The source map of every transpiled file, by its name. */
const maps = new Map();

Module._extensions[".ts"] = (module, filename) => {
  const { code, map } = transformSync(fs.readFileSync(filename, "utf8"), {
    ...TRANSPILE,
    filename,
  });
  maps.set(filename, map);
  module._compile(code, filename);
};

module.exports = { maps };
