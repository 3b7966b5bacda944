"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { BUILT_HOST_VERSION, PULUMI_VERSION } = require("./versions.js");

const INGREDIENTS = [
  "go-build.js",
  "go/language-nodejs/go.mod",
  "go/language-nodejs/pulumi-language-nodejs.sh",
  "go/pulumi/go.mod",
];

/** Changes with everything that decides what a build gives, so that one made the old way is made anew. */
function recipe() {
  const digest = createHash("sha256").update(`${PULUMI_VERSION} ${BUILT_HOST_VERSION}`);
  for (const file of INGREDIENTS) digest.update(fs.readFileSync(path.join(__dirname, file)));
  return digest.digest("hex").slice(0, 16);
}

module.exports = { recipe };
