"use strict";

const { SetupError } = require("./errors.js");

const OLDEST_NODE = 20;

/** The Pulumi SDKs and the test runner need Node.js 20; the wrapper scripts need a POSIX shell. */
function checkMachine({ version = process.versions.node, platform = process.platform } = {}) {
  if (Number(version.split(".")[0]) < OLDEST_NODE) {
    throw new SetupError(
      `This is Node.js ${version}, and Portolan needs ${OLDEST_NODE} or newer: install it from https://nodejs.org/ and run this again.`,
    );
  }
  if (platform === "win32") {
    throw new SetupError(
      "Portolan's scripts need a POSIX shell: on Windows run this inside WSL 2.",
    );
  }
}

module.exports = { checkMachine };
