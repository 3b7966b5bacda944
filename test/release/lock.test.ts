import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { unlocked } from "../../release/lock";

const DEAD = 2 ** 22 + 1;
const PATH = process.env["PATH"];
let folder: string;

/** A CLI whose stack is locked by a process until it is told to cancel, and which logs what it is asked. */
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-lock-"));
  fs.writeFileSync(
    path.join(folder, "pulumi"),
    `#!/bin/sh
echo "$1" >> asked
[ "$1" = cancel ] && rm -f lock
[ -f lock ] || exit 0
echo "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end" >&2
echo "  file:///state/x.json: created by root@$(cat lock) at 2026-11-25T12:00:00Z" >&2
exit 255
`,
    { mode: 0o755 },
  );
  process.env["PATH"] = `${folder}:${PATH}`;
});
afterEach(() => {
  process.env["PATH"] = PATH;
  fs.rmSync(folder, { recursive: true, force: true });
});

const lockedBy = (host: string, pid: number): void =>
  fs.writeFileSync(path.join(folder, "lock"), `${host} (pid ${pid})`);
const asked = (): string[] =>
  fs.readFileSync(path.join(folder, "asked"), "utf8").trim().split("\n");
const up = (isDead = false) =>
  unlocked(["up"], { folder, stack: "dev", patience: 0, isDead: () => isDead });

test("the lock of a dead process of this machine is taken away", async () => {
  lockedBy(os.hostname(), DEAD);
  expect((await up()).code).toBe(0);
  expect(asked()).toEqual(["up", "cancel", "up"]);
});

test("the lock of a living process is waited for, and then named", async () => {
  lockedBy(os.hostname(), process.pid);
  await expect(up()).rejects.toThrow(
    `another update of dev is under way (process ${process.pid} on ${os.hostname()})`,
  );
  expect(asked()).toEqual(["up"]);
});

test("the lock of another machine is taken away only when its release is known to be dead", async () => {
  lockedBy("runner-7", 12);
  await expect(up(false)).rejects.toThrow("process 12 on runner-7");
  expect((await up(true)).code).toBe(0);
});
