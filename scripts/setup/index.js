"use strict";

const path = require("node:path");
const { ensureToolchain } = require("../toolchain/index.js");
const { checkMachine } = require("./node.js");
const { ensurePackages } = require("./packages.js");
const { createProgress } = require("./progress.js");

const ROOT = path.resolve(__dirname, "../..");

/** Everything a fresh clone lacks: packages and toolchain. Each part is a quick look when it is there already. */
async function setUp() {
  checkMachine();
  const progress = createProgress();
  await ensurePackages(ROOT, { progress });
  const toolchain = await ensureToolchain({ progress });
  progress.note(
    `Set-up: npm packages fit the lockfile, pulumi ${toolchain.version} from ${toolchain.source}.`,
  );
  return toolchain;
}

module.exports = { ROOT, setUp };
