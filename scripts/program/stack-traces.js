"use strict";

/**
 * The SDK takes a stack trace for each resource, to tell the engine which line registered it, and its runner maps every
 * frame back to TypeScript one by one: a quarter of the program's processor time. The frames are the same few hundred all
 * the time, so each is mapped once.
 */
const { maps } = require("./transpile.js");
// The very module that the SDK's runner loads: two of them would overwrite each other's work.
const sdk = require.resolve("@pulumi/pulumi/package.json");
const sourceMaps = require(require.resolve("source-map-support", { paths: [sdk] }));

// Installing first keeps the runner's own installation from replacing what follows.
sourceMaps.install({
  retrieveSourceMap: (url) => (maps.has(url) ? { url, map: maps.get(url) } : null),
});

/** Frames by file and position in it. */
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
  const file = site.getFileName();
  let inFile = mapped.get(file);
  if (inFile === undefined) mapped.set(file, (inFile = new Map()));
  const position = site.getPosition();
  let text = inFile.get(position);
  if (text === undefined) {
    text = `\n    at ${mapFrame(String(site))}`;
    inFile.set(position, text);
  }
  return text;
}

Error.prepareStackTrace = (error, sites) =>
  `${error.name || "Error"}: ${error.message || ""}${sites.map(frame).join("")}`;
