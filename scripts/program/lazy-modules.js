"use strict";

/**
 * Most of what the SDK loads at every start serves what this program does not do: 600 of 760 modules, half a second.
 * They are loaded when something of them is first used.
 */
const Module = require("node:module");
const path = require("node:path");

const LAZY = new Set([
  "./automation", // runs Pulumi from other programs
  "./createClosure", // turns functions into text, for dynamic providers; brings the TypeScript compiler
  "@npmcli/arborist", // finds the packages that such functions need
  "normalize-package-data",
]);

/** What the SDK's runner asks for and a program can do without, by the runner's own name for it. */
const REPLACED = new Map([
  // A debugger session on the program, which slows all of it down. Whoever turns a function into text opens it then.
  ["../../runtime/closure/v8Hooks", { isInitializedAsync: () => Promise.resolve() }],
]);
// Sending traces is an experiment of Pulumi's (--tracing); without it the runner only opens spans that nobody reads.
if (!process.env.PULUMI_EXPERIMENTAL) REPLACED.set("./tracing", { newSpan, stop() {} });

const SDK = path.dirname(require.resolve("@pulumi/pulumi/package.json"));
const RUNNER = path.join(SDK, "cmd", "run");
const load = Module._load;

Module._load = (request, parent, isMain) => {
  const folder = path.dirname(parent?.filename ?? "");
  if (folder === RUNNER && REPLACED.has(request)) return REPLACED.get(request);
  if (folder.startsWith(SDK) && LAZY.has(request)) {
    return lazy(() => load(request, parent, isMain));
  }
  return load(request, parent, isMain);
};

/** A span of a tracer that nobody has set up. */
function newSpan(name) {
  return require("@opentelemetry/api").trace.getTracer("nodejs-runtime").startSpan(name);
}

/** Stands for a module until one of its exports is read. */
function lazy(loadModule) {
  let loaded;
  const get = (_, name) => {
    if (name === "__esModule") return true; // Compiled imports ask this of every module at once.
    loaded ??= loadModule();
    return loaded[name];
  };
  return new Proxy({}, { get });
}
