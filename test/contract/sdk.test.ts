import { execFileSync } from "node:child_process";
import { CLOUDS } from "../../components/cloud";
import { ROOT } from "../docs/markdown";

/** Loads what the program loads for a stack of a cloud, and tells whose SDK that was. */
const LOADED = `
const cloud = process.argv[1];
const { loadSystem, SYSTEM_NAMES } = require("./systems/load");
require("./components/deploy");
(async () => {
  for (const name of SYSTEM_NAMES) await loadSystem(name);
  const environment = { stack: "s", system: "s", profile: "prod", protected: true };
  await require("./providers/load").loadPlatform(cloud, environment);
  const files = Object.keys(require.cache).flatMap((file) => {
    const found = /node_modules.@pulumi.((?:aws|azure-native|gcp|docker)[/\\\\].+)[.]js$/.exec(file);
    return found ? [found[1].replaceAll("\\\\", "/")] : [];
  });
  console.log(JSON.stringify(files));
})();
`;

test.each(CLOUDS)("a stack on %s loads the SDK of its cloud and no other", (cloud) => {
  const loaded = execFileSync(
    process.execPath,
    ["--require", "./scripts/program/preload.js", "--eval", LOADED, cloud],
    { cwd: ROOT, encoding: "utf8" },
  );
  const files = JSON.parse(loaded) as string[];
  const packages = new Set(files.map((file) => file.split("/")[0]));
  // Images for AWS and Google Cloud are built by Docker on the operator's machine: that, and nothing of hosts.
  if (cloud === "aws" || cloud === "gcp") {
    expect(files).toContain("docker/image");
    expect(files).not.toContain("docker/container");
    packages.delete("docker");
  }
  expect([...packages]).toEqual([cloud === "azure" ? "azure-native" : cloud]);
});
