import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

const PROGRAM = `interface Removed {
  /** Transpiling drops this block, so every later line moves. */
  field: string;
}

class Thing {
  where(): string | undefined {
    return new Error("shown").stack;
  }
}

console.log(new Thing().where());
const gone: Removed = { field: "x" };
throw new TypeError(gone.field);
`;

test("stack traces name the lines of the TypeScript source, after the SDK's runner has set up its own", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-preload-"));
  try {
    const file = path.join(folder, "program.ts");
    fs.writeFileSync(file, PROGRAM);
    const preloads = ["./scripts/program/preload.js", "source-map-support/register"];
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...preloads.flatMap((name) => ["--require", name]), file],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(status).toBe(1);
    const [head, first, second] = stdout.split("\n");
    expect(head).toBe("Error: shown");
    expect(first).toBe(`    at Thing.where (${file}:8:12)`);
    expect(second).toMatch(new RegExp(`^    at .*\\(${file}:12:\\d+\\)$`));
    expect(stderr).toContain(`${file}:14`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** What a program under the preload prints, as data. */
function run(program: string, env: NodeJS.ProcessEnv = {}): Record<string, unknown> {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--no-warnings", "--require", "./scripts/program/preload.js", "--eval", program],
    { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

test("modules of the SDK that the program does not use are loaded when they are used", () => {
  const report = run(`
    const pulumi = require("@pulumi/pulumi");
    const has = (name) => Object.keys(require.cache).some((file) => file.includes(name));
    const heavy = ["node_modules/typescript/", "@npmcli/arborist", "pulumi/automation/localWorkspace"];
    const before = heavy.map(has);
    const automation = typeof pulumi.automation.LocalWorkspace;
    const answer = 42;
    pulumi.runtime.serializeFunction(() => answer).then(({ text }) =>
      console.log(JSON.stringify({ before, automation, serialized: /\\banswer: 42\\b/.test(text) })),
    );
  `);
  expect(report).toEqual({
    before: [false, false, false],
    automation: "function",
    serialized: true,
  });
});

test("debug messages and traces of promises are left out unless they are asked for", () => {
  const program = `
    const log = require("@pulumi/pulumi/log");
    const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");
    const promise = Promise.resolve();
    debuggablePromise(promise, "test");
    const frames = promise._debugStackTrace.split("\\n").length - 1;
    console.log(JSON.stringify({ debug: log.debug.name === "debug", frames: frames > 0, limit: Error.stackTraceLimit }));
  `;
  expect(run(program)).toEqual({ debug: false, frames: false, limit: 10 });
  const asked = { PORTOLAN_SDK_DEBUG: "true", PULUMI_DEBUG_PROMISE_LEAKS: "true" };
  expect(run(program, asked)).toEqual({ debug: true, frames: true, limit: 10 });
});
