import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import yaml from "js-yaml";
import { ROOT } from "../docs/markdown";
import { sandbox, succeed } from "../support/deployed";
import { copyProject } from "../support/project-copy";
import { FakeGitHub } from "./fake-github";

/** The text that a workflow hands to the shell in the step of a name. */
function scriptOf(workflow: string, name: string): string {
  const file = path.join(ROOT, ".github/workflows", `${workflow}.yml`);
  const { jobs } = yaml.load(fs.readFileSync(file, "utf8")) as {
    jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
  };
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const run = steps.find((step) => step.name === name)?.run;
  if (run === undefined) throw new Error(`${workflow}: there is no step "${name}"`);
  return run;
}

let bin: string;
let github: FakeGitHub;
beforeEach(async () => {
  bin = fs.mkdtempSync(path.join(os.tmpdir(), "github-scripts-"));
  github = await FakeGitHub.start();
});
afterEach(async () => {
  fs.rmSync(bin, { recursive: true, force: true });
  await github.stop();
});

function program(file: string, lines: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
}

/** Runs a step as GitHub does with `shell: bash`. */
async function step(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env["PATH"]}`,
      NO_COLOR: "1",
      BACKEND: "s3://nowhere",
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_TOKEN: "token",
      GITHUB_API_URL: github.address,
      ...env,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

const titles = (): [string, string][] => github.issues.map(({ title, state }) => [title, state]);

describe("rollback", () => {
  beforeEach(() => {
    program(path.join(bin, "pulumi"), "exit 0");
    program(path.join(bin, "bin/rollback"), `printf '%s|' "$@"`);
  });

  test.each<[string, string]>([
    ["", "--stack|prod|--yes|"],
    ["r7", "--stack|prod|--to=r7|--yes|"],
    ["r7; touch here --no-policy", "--stack|prod|--to=r7; touch here --no-policy|--yes|"],
  ])("to %j", async (TO, told) => {
    const run = await step(scriptOf("rollback", "Roll back"), bin, { STACK: "prod", TO });
    expect(run).toEqual({ status: 0, output: told });
  });
});

test.each([0, 255])("a preview that ends with %d is shown", async (code) => {
  const summary = path.join(bin, "summary.md");
  program(path.join(bin, "pulumi"), `test "$1" = login || { echo "+ 3 to create"; exit ${code}; }`);
  const run = await step(scriptOf("preview", "Preview"), bin, {
    STACK: "staging",
    GITHUB_STEP_SUMMARY: summary,
  });
  expect(run.status).toBe(code);
  expect(fs.readFileSync(summary, "utf8")).toBe("```text\n+ 3 to create\n```\n");
});

describe("restore-drill", () => {
  const drill = (answer: string) => {
    program(path.join(bin, "pulumi"), "exit 0");
    program(path.join(bin, "bin/restore-drill"), answer);
    const issue = path.join(bin, "bin/github-issue");
    if (!fs.existsSync(issue)) fs.symlinkSync(path.join(ROOT, "bin/github-issue"), issue);
    return step(scriptOf("restore-drill", "Restore, compare, remove"), bin, { STACK: "prod" });
  };

  test("fails with an issue that says why, which the next good one closes", async () => {
    expect((await drill('echo "db: has no backup" >&2; exit 1')).status).toBe(1);
    expect(titles()).toEqual([["The restore drill of prod failed", "open"]]);
    expect(github.issues[0]?.body).toContain("db: has no backup");
    expect((await drill("echo restored")).status).toBe(0);
    expect(titles()).toEqual([["The restore drill of prod failed", "closed"]]);
  });
});

describe("drift", () => {
  let project: string;
  beforeAll(() => {
    project = copyProject();
    const example = path.join(project, "examples/lattice-policy-docker.yaml");
    fs.copyFileSync(example, path.join(project, "Pulumi.staging.yaml"));
    succeed(sandbox(project, "up", "--yes", "--stack", "staging", "--no-policy"));
  });
  afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

  /** The real engine on the simulated host; `failing` is a command that does not get through. */
  const look = (failing = "none") => {
    const answer = `case "$1" in login) exit 0 ;; ${failing}) echo "error: no credentials" >&2; exit 255 ;; esac`;
    // Without this one on its PATH: the sandbox would take it for the CLI, and call itself for ever.
    const real = `PATH="$(echo "$PATH" | sed 's|^[^:]*:||')" exec '${project}/bin/sandbox' "$@"`;
    program(path.join(bin, "pulumi"), `${answer}\n${real}`);
    return step(scriptOf("drift", "Look for drift"), project, { STACK: "staging" });
  };

  test("opens an issue when somebody has changed something, and closes it when that is gone", async () => {
    const quiet = await look();
    expect([quiet.status, github.issues]).toEqual([0, []]);

    succeed(sandbox(project, "cloud", "rm", "edge-network"));
    const drifted = await look();
    expect([drifted.status, titles()]).toEqual([0, [["Drift in staging", "open"]]]);
    expect(github.issues[0]?.body).toMatch(/- docker:index\/network:Network: \(delete\)/);

    // Not being able to look is no drift, and no end of one.
    const before = github.issues.map((issue) => ({ ...issue }));
    const blind = await look("refresh");
    expect([blind.status === 0, github.issues]).toEqual([false, before]);
    expect(blind.output).toContain("no credentials");
  });
});
