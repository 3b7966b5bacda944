import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { deploy, releaseOf } from "../../review/github/deploy";

const DIGEST = `sha256:${"ab".repeat(32)}`;

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "github-deploy-"))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown, mode?: number): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content), { mode });
  return file;
};

/** Runs it with a stand-in of `bin/release` that writes down its arguments, and gives them with the exit code. */
function run(event: string, changes: (payload: Record<string, never>) => object, code = 0) {
  const payload = JSON.parse(
    fs.readFileSync(path.join(__dirname, `${event}.json`), "utf8"),
  ) as Record<string, never>;
  const told = path.join(folder, "arguments");
  const release = write(
    "release",
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${told}'\nexit ${code}\n`,
    0o755,
  );
  const status = deploy(
    ["prod"],
    {
      GITHUB_EVENT_NAME: event.replaceAll("-", "_"),
      GITHUB_EVENT_PATH: write("event.json", changes(payload)),
    },
    release,
  );
  return { status, told: fs.readFileSync(told, "utf8").trim().split("\n") };
}

test("an application's repository asks for its images by digest", () => {
  expect(run("repository-dispatch", (event) => event)).toEqual({
    status: 0,
    told: [
      "--stack",
      "prod",
      "--version",
      "0.2.0",
      `--image=api=registry.example/api@${DIGEST}`,
      "--yes",
    ],
  });
});

test("a person asks for a version, and the exit code of the release is the job's", () => {
  expect(run("workflow-dispatch", (event) => event, 3)).toEqual({
    status: 3,
    told: ["--stack", "prod", "--version", "0.2.0", "--yes"],
  });
  const images = `api=registry.example/api@${DIGEST} ui=${DIGEST}`;
  const { told } = run("workflow-dispatch", (event) => ({
    ...event,
    inputs: { version: "0.2.0", images },
  }));
  expect(told.slice(4)).toEqual([
    `--image=api=registry.example/api@${DIGEST}`,
    `--image=ui=${DIGEST}`,
    "--yes",
  ]);
});

test.each<[string, object, RegExp]>([
  [
    "a tag for a digest",
    { version: "0.2.0", images: "api=registry.example/api:latest" },
    /images: api: is not by digest/,
  ],
  [
    "an option for a version",
    { version: "--no-policy", images: "" },
    /inputs.version: is no release tag/,
  ],
  [
    "a script for a version",
    { version: "1; curl evil", images: "" },
    /inputs.version: is no release tag/,
  ],
  ["no name of an image", { version: "0.2.0", images: DIGEST }, /images: .*invalid/i],
  ["no version", { images: "" }, /inputs.version: /],
])("refuses %s", (_name, inputs, sentence) => {
  expect(() => run("workflow-dispatch", (event) => ({ ...event, inputs }))).toThrow(sentence);
});

test("a push releases what the stack's file says", () => {
  const file = (images: string): string =>
    write("Pulumi.prod.yaml", `config:\n  portolan:cloud: aws\n  portolan:images:\n${images}`);
  expect(releaseOf(file("    api: 0.2.0\n    ui: 0.2.0\n"))).toEqual({
    version: "0.2.0",
    images: {},
  });
  expect(
    releaseOf(
      file(`    api: 0.2.0\n    ui: { version: 0.1.9 }\n    worker: { digest: "${DIGEST}" }\n`),
    ),
  ).toEqual({ version: "0.2.0", images: { ui: "0.1.9", worker: DIGEST } });
  expect(releaseOf(file(`    api: { reference: "registry.example/api@${DIGEST}" }\n`))).toEqual({
    version: "ab".repeat(6),
    images: { api: `registry.example/api@${DIGEST}` },
  });
  expect(() => releaseOf(file("    {}\n"))).toThrow(/names no image with a version or a digest/);
  expect(() => releaseOf("Pulumi.none.yaml")).toThrow(/is not there/);
});

test("the files of the project's own stacks can be released", () => {
  expect(releaseOf("Pulumi.staging.yaml")).toEqual({ version: "0.1.0", images: {} });
  expect(releaseOf("Pulumi.prod.yaml").version).toMatch(/./);
});
