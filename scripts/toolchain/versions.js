"use strict";

/** The CLI that is fetched or built; it fits the exactly pinned npm package `@pulumi/pulumi`. */
const PULUMI_VERSION = "3.255.0";

/**
 * The last language host that is part of the sdk Go module. The current one is a module of its own that Go module
 * registries do not carry; this one runs programs for the current engine and lacks only the start of policy pack folders.
 */
const BUILT_HOST_VERSION = "3.66.0";

/** The oldest Go whose toolchain switch (GOTOOLCHAIN) can fetch the Go that go.mod asks for. */
const OLDEST_SWITCHING_GO = [1, 21];
/** The Go that builds the CLI. */
const NEEDED_GO = [1, 26];

const parse = (text) => {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? "");
  return match && [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
};

const atLeast = (have, want) => {
  for (let i = 0; i < want.length; i += 1) {
    if (have[i] !== want[i]) return have[i] > want[i];
  }
  return true;
};

/** True for the pinned version and everything newer of the same major version. */
function isFittingPulumi(text) {
  const have = parse(text);
  const want = parse(PULUMI_VERSION);
  return Boolean(have) && have[0] === want[0] && atLeast(have, want);
}

module.exports = {
  PULUMI_VERSION,
  BUILT_HOST_VERSION,
  OLDEST_SWITCHING_GO,
  NEEDED_GO,
  parse,
  atLeast,
  isFittingPulumi,
};
