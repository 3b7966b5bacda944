import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pageOf } from "../../compatibility/page";
import type { Result, Run } from "../../compatibility/result";
import { ROOT } from "../docs/markdown";

const PROGRAMS = path.join(__dirname, "programs");

let scratch: string;
beforeAll(() => (scratch = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-programs-"))));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const script = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, "scripts/compatibility.mjs"), ...args], {
    encoding: "utf8",
    cwd: scratch,
  });

/** Every file below a folder, with what it holds. */
const filesOf = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .map((name) => `${name}: ${fs.readFileSync(path.join(folder, name), "utf8")}`);

describe("programs of others, run in the sandbox", () => {
  let run: Run;
  const of = (name: string): Result | undefined => run.results.find((each) => each.name === name);

  beforeAll(() => {
    const before = filesOf(PROGRAMS);
    const file = path.join(scratch, "results.json");
    const { status, stderr } = script(PROGRAMS, "--results", file);
    if (status !== 0) throw new Error(stderr);
    run = JSON.parse(fs.readFileSync(file, "utf8")) as Run;
    expect(filesOf(PROGRAMS)).toEqual(before);
  });

  test("come to their end, and say what they made and what the policies found", () => {
    expect(of("runs")).toEqual({
      name: "runs",
      writtenFor: ["@pulumi/aws 6"],
      resources: { "aws:sns/topic:Topic": 2 },
      untabled: [],
      findings: { "customer-managed-key": 2, "topic-encrypted": 2 },
    });
  });

  test("say where they were stopped, in the cloud's words", () => {
    const { failed } = of("refused") ?? {};
    expect(failed?.step).toBe("up");
    expect(failed?.said).toEqual([expect.stringMatching(/InvalidVpcID.NotFound: .*'vpc-0'/)]);
  });

  test("are left out for a reason where they cannot run", () => {
    expect(of("foreign")?.notRun).toBe("needs @pulumi/awsx");
    expect(of("python")?.notRun).toBe("is no TypeScript: runtime python");
  });

  test("become a page", () => {
    const page = pageOf(run);
    expect(page).toContain("2 programs ran, 1 of them to the end; 2 were not run");
    expect(page).toContain("| runs | yes | 2 |  | 4 |");
    expect(page).toMatch(/\| refused \| up \| .*InvalidVpcID.NotFound.* \| @pulumi\/aws 6 \|/);
    expect(page).toContain("| topic-encrypted | 1 | 2 |");
    expect(page).toContain("| foreign | needs @pulumi/awsx |");
  });
});

test("a folder that is not there is refused, and one without programs", () => {
  const missing = script("nowhere");
  expect(missing.status).not.toBe(0);
  expect(missing.stderr).toMatch(/nowhere: no such folder/);
  const empty = script(scratch);
  expect(empty.status).not.toBe(0);
  expect(empty.stderr).toMatch(/no Pulumi program of such a name/);
});
