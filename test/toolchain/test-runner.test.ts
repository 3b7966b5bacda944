import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

function node(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
}

/** The closing line for a result as jest writes it. */
function closingLine(counts: Record<string, number>): string {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const result = JSON.stringify({ ...none, numRuntimeErrorTestSuites: 0, ...counts });
  return node("-p", `require("./scripts/test/summary.js").closingLine(${result})`).stdout.trim();
}

test("the closing line names what was skipped only when something was", () => {
  expect(closingLine({ numPassedTests: 3 })).toBe("3 passed, 0 failed");
  expect(closingLine({ numPassedTests: 3, numTodoTests: 1, numPendingTests: 1 })).toBe(
    "3 passed, 0 failed, 2 skipped",
  );
});

test("the line of several runs adds up what each of them told", () => {
  const lines = [
    "3 passed, 1 failed",
    "0 passed, 0 failed, 29 skipped",
    "Tests: 9 passed, 9 total",
  ];
  const script = `const { readClosingLine, totalLine } = require("./scripts/test/summary.js");
    console.log(totalLine(${JSON.stringify(lines)}.map(readClosingLine).filter(Boolean)))`;
  expect(node("-e", script).stdout.trim()).toBe("3 passed, 1 failed, 29 skipped");
});

test("a test file that cannot be loaded counts as a failure", () => {
  expect(closingLine({ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toBe(
    "3 passed, 2 failed",
  );
});

test("npm test with a path runs that path, and ends with jest's summary and the closing line", () => {
  const { stdout, stderr, status } = node("scripts/test.mjs", "test/toolchain/lockfile.test.ts");
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("2 passed, 0 failed");
  expect(stdout + stderr).toMatch(/Tests: +2 passed, 2 total/);
  expect(status).toBe(0);
});

test("what does not run is not counted as passed", () => {
  const { stdout } = node(
    "scripts/test.mjs",
    "test/toolchain/lockfile.test.ts",
    "-t",
    "no such name",
  );
  expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 0 failed, 2 skipped");
});

test("tests on a real engine are skipped where there is none, with the reason", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/test-live.mjs"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, DOCKER_HOST: "unix:///nowhere/docker.sock" },
  });
  expect(stderr).toMatch(/Live tests are skipped\. No Docker engine answers \(asked: .*\)/);
  expect(stdout.trim().split("\n").at(-1)).toMatch(/^0 passed, 0 failed, [1-9]\d* skipped$/);
  expect(status).toBe(0);
}, 180_000);
