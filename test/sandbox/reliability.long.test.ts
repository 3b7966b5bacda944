import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Deployed, succeed, type Run } from "../support/deployed";
import { ForeignProject } from "../support/foreign-project";
import { reliabilityPage, SAME, type Trial } from "./reliability-page";

/** Resources of the program that the simulated AWS makes. */
const MADE = 22;
const ROOT = path.join(__dirname, "../..");
const PAGE = path.join(ROOT, "docs/reliability.md");
const UP = ["up", "--yes", "--skip-preview", "--no-policy", "--stack", "dev"];

const NO_MOUNT = "this process may not mount a file system";
const CAN_MOUNT = canMount();

const trials: Trial[] = [];
let project: ForeignProject;
/** What an undisturbed update leaves. */
let reference: string[];

beforeAll(() => {
  project = new ForeignProject("middle");
  succeed(project.run(UP));
  reference = resources();
  project.remove();
});
beforeEach(() => (project = new ForeignProject("middle")));
afterEach(() => project.remove());
// After each trial, so that a run that is cut short tells what it has seen.
afterEach(() => {
  if (process.env["RELIABILITY_PAGE"] !== "1") return;
  const { version } = JSON.parse(
    fs.readFileSync(path.join(ROOT, "node_modules/@pulumi/pulumi/package.json"), "utf8"),
  ) as { version: string };
  const untried = CAN_MOUNT ? [] : [`a full disk, because ${NO_MOUNT}`];
  fs.writeFileSync(PAGE, reliabilityPage(trials, untried, new Date(), version));
});

/** Types and names in the state; random parts of ids differ from run to run. */
function resources(): string[] {
  const { output } = succeed(project.run(["stack", "export", "--stack", "dev"]));
  return new Deployed(output).resources.map(({ type, name }) => `${type} ${name}`).sort();
}

const objects = (): string[] =>
  succeed(project.run(["cloud", "list"]))
    .output.split("\n")
    .filter((line) => line.startsWith("aws:"));

const struck = (fault: object, command: readonly string[] = UP): Run =>
  project.run(command, { SANDBOX_FAULTS: JSON.stringify([fault]) });

/** The stack is complete: the state as after an undisturbed update, one object for each resource, nothing to do. */
function compare(): string {
  const state = resources();
  const differences = [
    ...(state.length === new Set(state).size ? [] : ["a resource is in the state twice"]),
    ...(JSON.stringify(state) === JSON.stringify(reference) ? [] : ["the state differs"]),
    ...(objects().length === MADE ? [] : [`${objects().length} objects in the cloud, not ${MADE}`]),
  ];
  const again = project.run(["preview", "--stack", "dev", "--no-policy", "--expect-no-changes"]);
  if (again.status !== 0) differences.push("another update would change something");
  return differences.length === 0 ? SAME : differences.join("; ");
}

const ending = ({ status }: Run): string => (status === 137 ? "kill -9" : `exit code ${status}`);

/** Recovers as the sandbox's page says, completes the update, and writes down what came out. */
function complete(trial: Pick<Trial, "group" | "what" | "where">, run: Run, recover = true): void {
  expect(run.status).not.toBe(0);
  const left = objects().length;
  if (recover) succeed(project.run(["recover", "--stack", "dev"]));
  succeed(project.run(UP));
  const outcome = compare();
  const then = recover ? "`recover`, `up`" : "`up`";
  trials.push({ ...trial, ended: ending(run), left, then, outcome });
  expect(outcome).toBe(SAME);
}

describe("kill -9 of engine and provider", () => {
  test("at one step after the other, until nothing is left to kill", () => {
    const group = "kill -9 at every step of one update";
    const killed: Omit<Trial, "outcome">[] = [];
    for (let step = 1; ; step++) {
      // Every second time the cloud has done the work, and the engine never hears of it.
      const after = step % 2 === 1;
      const run = struck({ kind: "kill", on: "create", type: "aws:*", after });
      if (run.status === 0) break;
      expect(run.status).toBe(137);
      const left = objects().length;
      succeed(project.run(["recover", "--stack", "dev"]));
      const what = after ? "killed when the cloud had done the work" : "killed before the work";
      killed.push({
        group,
        what,
        where: `step ${step}`,
        ended: ending(run),
        left,
        then: "`recover`, `up`",
      });
    }
    const outcome = compare();
    trials.push(...killed.map((trial) => ({ ...trial, outcome })));
    expect(outcome).toBe(SAME);
    expect(killed.length).toBeGreaterThanOrEqual(20);
  });

  test.each([
    [2, true],
    [7, false],
    [12, true],
    [17, false],
    [22, true],
  ])("at creation %i of a first update, the cloud's work done: %p", (nth, after) => {
    const run = struck({ kind: "kill", on: "create", type: "aws:*", nth, after });
    const what = after ? "killed when the cloud had done the work" : "killed before the work";
    const group = "kill -9 at one step of a first update";
    complete({ group, what, where: `creation ${nth} of ${MADE}` }, run);
  });

  test.each([1, 15])("at deletion %i", (nth) => {
    succeed(project.run(UP));
    const destroy = ["destroy", "--yes", "--skip-preview", "--stack", "dev"];
    const run = struck({ kind: "kill", on: "delete", type: "aws:*", nth, after: nth > 1 }, destroy);
    const group = "kill -9 while destroying";
    complete({ group, what: "killed while destroying", where: `deletion ${nth}` }, run);
  });
});

describe("one process alone", () => {
  const group = "One process alone";

  test.each([1, 12])("the provider crashes at creation %i", (nth) => {
    const run = struck({ kind: "crash", on: "create", type: "aws:*", nth });
    complete({ group, what: "the provider crashed", where: `creation ${nth}` }, run);
  });

  test.each([9])("the engine is killed at creation %i", async (nth) => {
    const hold = { kind: "hold", on: "create", type: "aws:*", nth };
    const command = start(hold);
    const held = await waitFor(() => fs.existsSync(heldFile()));
    expect(held).toBe(true);
    for (const pid of enginesOf(project.folder)) process.kill(pid, "SIGKILL");
    const status = await command;
    complete(
      { group, what: "the engine was killed", where: `creation ${nth}` },
      { status, output: "" },
    );
  });
});

describe("answers of the cloud", () => {
  const group = "Answers of the cloud";

  test.each(["throttle", "internal", "denied", "quota", "timeout"])("%s", (kind) => {
    const run = struck({ kind, on: "create", type: "aws:rds/instance*" });
    complete({ group, what: kind, where: "creation of the database" }, run, false);
  });
});

describe("two updates at once", () => {
  test("the second is refused, the first goes on", async () => {
    const first = start({ kind: "hold", on: "create", type: "aws:rds/instance*" });
    expect(await waitFor(() => fs.existsSync(heldFile()))).toBe(true);
    const second = project.run(UP);
    const left = objects().length;
    expect(second.output).toMatch(/locked/);
    fs.rmSync(heldFile());
    expect(await first).toBe(0);
    const outcome = compare();
    trials.push({
      ...{
        group: "Two updates at once",
        what: "a second `up` while one is running",
        left,
        outcome,
      },
      ...{ where: "creation of the database", ended: ending(second) },
      then: "the first went on by itself",
    });
    expect(outcome).toBe(SAME);
  });
});

describe("a full disk", () => {
  (CAN_MOUNT ? test : test.skip)(`under the state${CAN_MOUNT ? "" : ` (${NO_MOUNT})`}`, () => {
    const state = path.join(project.folder, ".sandbox/state");
    succeed(project.run(["stack", "init", "dev"]));
    const saved = `${state}.saved`;
    fs.cpSync(state, saved, { recursive: true });
    succeed(mount(state));
    let run: Run;
    try {
      fs.cpSync(saved, state, { recursive: true });
      run = project.run(UP);
      fs.cpSync(state, saved, { recursive: true });
    } finally {
      spawnSync("umount", [state]);
    }
    fs.rmSync(state, { recursive: true });
    fs.renameSync(saved, state);
    const trial = { group: "A full disk", what: "no space left", where: "the state folder" };
    complete(trial, run);
  });
});

/** Puts a small file system of its own over a folder. */
function mount(folder: string): Run {
  const run = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], {
    encoding: "utf8",
  });
  return { status: run.status, output: run.stderr };
}

function canMount(): boolean {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-mount-"));
  const can = mount(folder).status === 0;
  if (can) spawnSync("umount", [folder]);
  fs.rmdirSync(folder);
  return can;
}

const heldFile = (): string => path.join(project.folder, ".sandbox/cloud/held");

/** Starts an update with a fault; resolves to its exit code. */
function start(fault: object): Promise<number> {
  const child = spawn(path.join(ROOT, "bin/sandbox"), [...UP, "-C", project.folder], {
    stdio: "ignore",
    env: { ...process.env, SANDBOX_FAULTS: JSON.stringify([fault]) },
  });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 137)));
}

async function waitFor(condition: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 2_400 && !condition(); attempt++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

/** Engine processes that work in a folder. */
function enginesOf(folder: string): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [command = ""] = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return (
          path.basename(command) === "pulumi" && fs.readlinkSync(`/proc/${pid}/cwd`) === folder
        );
      } catch {
        return false; // It has ended meanwhile.
      }
    });
}
