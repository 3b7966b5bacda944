import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build, recipeOf, type Order } from "../../release/build/images";
import type { Driver, ImageEngine } from "../../release/driver";

const REPOSITORY = "registry.example/shop/ui";
/** Stands in for docker and syft: notes what it is called with, and writes what syft would. */
const PROGRAM = `#!/bin/sh
echo "$(basename "$0")\${DOCKER_HOST:+ at $DOCKER_HOST}: $*" >> "$CALLS"
for word; do case $word in --output=spdx-json=*) echo '{}' > "\${word#--output=spdx-json=}";; esac; done
[ -z "$FAILS" ] || case "$*" in "$FAILS"*) exit 7;; esac
`;

let folder: string;
let commit: string;
const variables = { PATH: process.env.PATH, CALLS: "", FAILS: "" };

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", path.join(folder, "app"), ...args], { encoding: "utf8" }).trim();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-build-"));
  fs.mkdirSync(path.join(folder, "app/ui"), { recursive: true });
  fs.writeFileSync(path.join(folder, "app/ui/Dockerfile"), "FROM scratch\n");
  git("init", "--quiet");
  git("remote", "add", "origin", "https://someone:token@git.example/shop/app.git");
  git("add", ".");
  commitAll();
  commit = git("rev-parse", "HEAD").slice(0, 12);
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin);
  for (const program of ["docker", "syft"]) {
    fs.writeFileSync(path.join(bin, program), PROGRAM, { mode: 0o755 });
  }
  process.env.PATH = `${bin}:${variables.PATH}`;
  process.env.CALLS = path.join(folder, "calls");
  process.env.FAILS = "";
});
afterEach(() => {
  Object.assign(process.env, variables);
  fs.rmSync(folder, { recursive: true });
});

const commitAll = (): string =>
  git(
    ...["-c", "user.name=x", "-c", "user.email=x@example.com"],
    ...["commit", "--quiet", "--all", "--allow-empty", "--message", "x"],
  );

const order: Order = {
  ...{ name: "ui", version: "0.2.0", repository: REPOSITORY },
  recipe: { context: "app/ui", dockerfile: "app/ui/Dockerfile", during: "release" },
  args: { API: "https://api.example" },
};

/** A registry with these tags, by their digests. */
const registry = (tags: Record<string, string>, engine: ImageEngine = CLOUD): Driver =>
  ({
    digestOf: (reference: string) => Promise.resolve(tags[reference.slice(REPOSITORY.length + 1)]),
    imageEngine: () => Promise.resolve(engine),
  }) as unknown as Driver;
const CLOUD: ImageEngine = { platform: "linux/amd64", push: true };

const made = (driver: Driver, sbom = true) =>
  build(order, { root: folder, stack: "prod", sbom, now: new Date(0) }, driver);

/** Programs that were called, without the folder of the test. */
const calls = (): string[] =>
  fs.existsSync(process.env.CALLS ?? "")
    ? fs
        .readFileSync(process.env.CALLS ?? "", "utf8")
        .replaceAll(`${folder}/`, "")
        .split("\n")
        .slice(0, -1)
    : [];
const exact = (): string => `${REPOSITORY}:0.2.0-${commit}`;

test("an image says what it is and where it comes from, and its list lies beside the project", async () => {
  const built = await made(registry({}));
  const file = `.portolan/sbom/prod/ui-0.2.0-${commit}.spdx.json`;
  const label = (text: string): string => `--label=org.opencontainers.image.${text}`;
  expect(calls()).toEqual([
    [
      ...["docker: build", `--tag=${exact()}`, "--file=app/ui/Dockerfile"],
      ...["--platform=linux/amd64", "--build-arg=API=https://api.example"],
      ...[label("title=ui"), label("version=0.2.0"), label(`revision=${git("rev-parse", "HEAD")}`)],
      ...[label("created=1970-01-01T00:00:00.000Z")],
      // A token in the address of a clone is no label.
      ...[label("source=https://git.example/shop/app.git"), "app/ui"],
    ].join(" "),
    `syft: scan docker:${exact()} --output=spdx-json=${file} --quiet`,
    `docker: push ${exact()}`,
    `docker: tag ${exact()} ${REPOSITORY}:0.2.0`,
    `docker: push ${REPOSITORY}:0.2.0`,
  ]);
  const digest = createHash("sha256")
    .update(fs.readFileSync(path.join(folder, file)))
    .digest("hex");
  expect(built).toEqual({
    ...{ revision: git("rev-parse", "HEAD"), source: "https://git.example/shop/app.git" },
    ...{ tag: `0.2.0-${commit}`, sbom: { file, digest: `sha256:${digest}` } },
  });
});

test("a Docker host builds for itself and keeps what it builds", async () => {
  await made(registry({}, { host: "ssh://host", push: false }));
  const programs = calls().map((call) => call.split(" ").slice(0, 3).join(" "));
  expect(programs).toEqual([
    "docker: --host=ssh://host build",
    "syft at ssh://host:",
    "docker: --host=ssh://host tag",
  ]);
  expect(calls()[0]).not.toContain("--platform");
});

test("without a bill of materials nothing is listed", async () => {
  expect(await made(registry({}), false)).not.toHaveProperty("sbom");
  expect(calls().filter((call) => call.startsWith("syft"))).toEqual([]);
});

test("what is there from the same commit is taken", async () => {
  // A commit of another folder is none of this image.
  fs.writeFileSync(path.join(folder, "app/README.md"), "# Shop\n");
  git("add", ".");
  commitAll();
  await made(registry({ "0.2.0": "sha256:a", [`0.2.0-${commit}`]: "sha256:a" }));
  expect(calls()).toEqual([]);
});

test("a build that was killed between its two tags goes on", async () => {
  await made(registry({ [`0.2.0-${commit}`]: "sha256:a" }), false);
  expect(calls()).toEqual([
    `docker: pull ${exact()}`,
    `docker: tag ${exact()} ${REPOSITORY}:0.2.0`,
    `docker: push ${REPOSITORY}:0.2.0`,
  ]);
});

test("a version of another commit is not moved", async () => {
  await expect(made(registry({ "0.2.0": "sha256:b" }))).rejects.toThrow(
    `${REPOSITORY}:0.2.0 is there from another commit than ${commit}; release under another version`,
  );
  expect(calls()).toEqual([]);
});

test("what nobody could find again is not built", async () => {
  fs.writeFileSync(path.join(folder, "app/ui/new.js"), "");
  await expect(made(registry({}))).rejects.toThrow(/app\/ui has changes .*new\.js.*; commit them/);
  fs.rmSync(path.join(folder, "app/.git"), { recursive: true });
  await expect(made(registry({}))).rejects.toThrow(/app\/ui cannot be traced to a commit: .*git/);
  expect(calls()).toEqual([]);
});

test.each(["build", "scan", "push"])("a %s that fails ends it", async (command) => {
  process.env.FAILS = command;
  await expect(made(registry({}))).rejects.toThrow(/ended with exit code 7; its own words/);
  expect(calls().at(-1)).toContain(command);
});

test("a missing syft is named, with the way around it", async () => {
  fs.rmSync(path.join(folder, "bin/syft"));
  // Where git is, too, nothing else may be called syft.
  await expect(made(registry({}))).rejects.toThrow(/syft: is not installed.*--no-sbom/);
});

test("only what the config file leaves to releases is built by them", () => {
  expect(recipeOf("0.1.0")).toBeUndefined();
  const files = { context: "app", dockerfile: "app/Dockerfile" };
  expect(recipeOf({ version: "0.1.0", build: files })).toBeUndefined();
  const recipe = { ...files, during: "release" };
  expect(recipeOf({ version: "0.1.0", build: recipe })).toEqual(recipe);
});
