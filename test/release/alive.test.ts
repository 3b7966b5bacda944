import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { isAlive } from "../../release/alive";

test("a process lives until it has ended", () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(2 ** 22 + 1)).toBe(false);
});

const commandOf = (pid = 0): string => readFileSync(`/proc/${pid}/cmdline`, "utf8");
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("one that has ended and was not looked after is dead", async () => {
  // What takes the shell's place does not know that it has a child, which ends when it is told to.
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
  try {
    const [text] = (await once(parent.stdout, "data")) as [Buffer];
    const child = Number(text.toString());
    while (!commandOf(parent.pid).startsWith("sleep")) await pause();
    expect(isAlive(child)).toBe(true);
    process.kill(child);
    while (isAlive(child)) await pause();
    // It is still there for everybody who only asks for its number.
    expect(process.kill(child, 0)).toBe(true);
  } finally {
    parent.kill("SIGKILL");
  }
});
