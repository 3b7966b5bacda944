import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { ensureToolchain } from "../../scripts/toolchain/index.js";
import type { Machine } from "./fake-machine";
import { fakeMachine } from "./fake-machine";

let machine: Machine;
afterEach(() => machine.remove());

const ensure = () => ensureToolchain({ env: machine.env, progress: machine.progress });
const builds = () => machine.calls().filter((line) => line.startsWith("go build")).length;

/** The id of a process that has ended. */
const deadPid = () => spawnSync("true").pid;

describe("nothing half made is used", () => {
  test("a cache folder without its marker is made anew", async () => {
    machine = fakeMachine({ go: "1.26.0" });
    const bin = path.join(machine.finished, "bin");
    fs.mkdirSync(bin, { recursive: true });
    fs.writeFileSync(path.join(bin, "pulumi"), "broken", { mode: 0o755 });
    const { pulumi } = await ensure();
    expect(builds()).toBe(2);
    expect(fs.readFileSync(pulumi, "utf8")).not.toBe("broken");
  });

  test("a toolchain that an older recipe built is made anew", async () => {
    machine = fakeMachine({ go: "1.26.0" });
    await ensure();
    const marker = path.join(machine.finished, "toolchain.json");
    const content = JSON.parse(fs.readFileSync(marker, "utf8"));
    fs.writeFileSync(marker, JSON.stringify({ ...content, recipe: "older" }));
    await ensure();
    expect(builds()).toBe(4);
  });

  test("a truncated program is seen and made anew", async () => {
    machine = fakeMachine({ go: "1.26.0" });
    const { pulumi } = await ensure();
    fs.truncateSync(pulumi, 10);
    await ensure();
    expect(builds()).toBe(4);
    expect(fs.statSync(pulumi).size).toBeGreaterThan(10);
  });

  test("a run killed in the middle of the build leaves nothing that the next run uses", async () => {
    machine = fakeMachine({ go: "1.26.0", buildSeconds: 1 });
    const script = `require(${JSON.stringify(require.resolve("../../scripts/toolchain/index.js"))}).ensureToolchain()`;
    const child = spawn(process.execPath, ["-e", script], { env: machine.env, stdio: "ignore" });
    while (builds() === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(fs.existsSync(machine.finished)).toBe(false);
    expect(fs.readdirSync(machine.cache).some((name) => name.endsWith(".lock"))).toBe(true);

    await ensure();
    expect(builds()).toBe(3);
    expect(fs.readdirSync(machine.cache)).toEqual(["3.255.0"]);
  });
});

describe("two runs at once", () => {
  test("the second waits for the first and both get one build", async () => {
    machine = fakeMachine({ go: "1.26.0", buildSeconds: 1 });
    const [first, second] = await Promise.all([ensure(), ensure()]);
    expect(first).toEqual(second);
    expect(builds()).toBe(2);
    expect(machine.output()).toContain(`Waiting for process ${process.pid}`);
  });

  test("the lock of a process that has died is taken over", async () => {
    machine = fakeMachine({ go: "1.26.0" });
    fs.mkdirSync(machine.cache, { recursive: true });
    const host = spawnSync("hostname", { encoding: "utf8" }).stdout.trim();
    fs.writeFileSync(path.join(machine.cache, "3.255.0.lock"), `${deadPid()} ${host}\n`);
    await ensure();
    expect(builds()).toBe(2);
    expect(fs.readdirSync(machine.cache)).toEqual(["3.255.0"]);
  });
});
