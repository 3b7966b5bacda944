import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const STARTER = path.resolve(
  __dirname,
  "../../scripts/toolchain/go/language-nodejs/pulumi-language-nodejs.sh",
);

/** What the starter hands to the built language host in a project with this Pulumi.yaml, started in a folder of it. */
function handedOn(pulumiYaml: string, folder = "."): string[] {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-host-"));
  try {
    const bin = path.join(root, "toolchain", "bin");
    const libexec = path.join(root, "toolchain", "libexec");
    const project = path.join(root, "project");
    for (const made of [bin, libexec, path.join(project, folder)])
      fs.mkdirSync(made, { recursive: true });
    fs.copyFileSync(STARTER, path.join(bin, "pulumi-language-nodejs"));
    fs.chmodSync(path.join(bin, "pulumi-language-nodejs"), 0o755);
    const host = '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n';
    fs.writeFileSync(path.join(libexec, "pulumi-language-nodejs"), host, { mode: 0o755 });
    fs.writeFileSync(path.join(project, "Pulumi.yaml"), pulumiYaml);
    const { stdout, status } = spawnSync(
      path.join(bin, "pulumi-language-nodejs"),
      ["127.0.0.1:1"],
      {
        cwd: path.join(project, folder),
        encoding: "utf8",
      },
    );
    expect(status).toBe(0);
    return stdout.trimEnd().split("\n");
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

test("the runtime options of Pulumi.yaml become flags of the built language host", () => {
  const yaml = fs.readFileSync(path.resolve(__dirname, "../../Pulumi.yaml"), "utf8");
  expect(handedOn(yaml)).toEqual([
    "-nodeargs=--require ./scripts/program/preload.js",
    "-typescript=false",
    "127.0.0.1:1",
  ]);
});

test("they are found from a folder below the project, too", () => {
  const yaml = "name: x\nruntime:\n  name: nodejs\n  options:\n    tsconfig: other.json\n";
  expect(handedOn(yaml, "src/deep")).toEqual(["-tsconfig=other.json", "127.0.0.1:1"]);
});

test("a project without options starts the host as it is", () => {
  expect(handedOn("name: x\nruntime: nodejs\n")).toEqual(["127.0.0.1:1"]);
});
