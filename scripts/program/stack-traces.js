"use strict";

/**
 * The SDK takes a stack trace for each resource, to tell the engine which line registered it, and its runner maps every
 * frame back to TypeScript one by one: a quarter of the program's processor time. The frames are the same few hundred all
 * the time, so each is mapped once.
 */
const { SourceMap } = require("node:module");
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

/** Opened source maps, by file. */
const opened = new Map();

function mapOf(file) {
  let map = opened.get(file);
  if (map === undefined) opened.set(file, (map = new SourceMap(JSON.parse(maps.get(file)))));
  return map;
}

/**
 * One frame as V8 writes it; in the project's own files with its position in TypeScript. Frames of packages stay: the SDK's maps
 * lead to files that no package holds, and Node.js 20 needs a minute to colour a frame such as `node_modules/@pulumi/resource.ts`.
 */
function mapFrame(text) {
  const [, before, file, line, column, after] =
    /^(.*\()?(?:file:\/\/)?(.+?):(\d+):(\d+)(\)?)$/.exec(text) ?? [];
  if (!maps.has(file)) return text;
  const found = mapOf(file).findEntry(Number(line) - 1, Number(column) - 1);
  if (found.originalLine === undefined) return text;
  return `${before ?? ""}${file}:${found.originalLine + 1}:${found.originalColumn + 1}${after}`;
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
