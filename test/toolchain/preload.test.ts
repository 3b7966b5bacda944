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
