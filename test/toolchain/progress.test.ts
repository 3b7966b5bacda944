import { ensureToolchain } from "../../scripts/toolchain/index.js";
import { createProgress } from "../../scripts/setup/progress.js";
import { fakeMachine } from "./fake-machine";

test("a long build keeps telling its elapsed time and counts, in plain lines", async () => {
  const machine = fakeMachine({ go: "1.26.0", buildSeconds: 1 });
  try {
    await ensureToolchain({ env: machine.env, progress: machine.progress });
    const lines = machine.output().trimEnd().split("\n");
    const beats = lines.filter((line) => /^ {2}Building pulumi 3\.255\.0 .*: \d+ s/.test(line));
    expect(beats.length).toBeGreaterThanOrEqual(3);
    expect(beats.at(-1)).toContain("1 modules fetched, 1 packages compiled");
    expect(lines.at(-1)).toMatch(/^Building pulumi .*: built \(\d+ s\)$/);
    expect(machine.output()).not.toContain("\r");
  } finally {
    machine.remove();
  }
});

test("a terminal gets one line that redraws itself within its width", () => {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text), isTTY: true, columns: 20 };
  const step = createProgress({ stream, interactive: true }).step(
    "A title longer than the terminal is wide",
  );
  step.done();
  expect(written[0]).toMatch(/^\r/);
  expect(written[0]).not.toContain("\n");
  expect(written[0]?.replace("\r\u001b[2K", "")).toHaveLength(19);
  expect(written.at(-1)).toMatch(/done \(0 s\)\n$/);
});
