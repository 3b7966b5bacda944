import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import type { Run } from "./deployed";

const ROOT = path.join(__dirname, "../..");

/** A small Pulumi program of somebody else, in a folder of its own that the sandbox works on. */
export class ForeignProject {
  readonly folder: string;

  constructor(fixture: string) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), `portolan-${fixture}-`));
    const source = path.join(ROOT, "test/sandbox/fixtures", fixture);
    for (const name of fs.readdirSync(source).filter((each) => each !== ".sandbox")) {
      fs.copyFileSync(path.join(source, name), path.join(this.folder, name));
    }
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(this.folder, "node_modules"));
  }

  /** Runs `bin/sandbox ... -C <folder>`; variables are added to the environment. */
  run(args: readonly string[], env: Record<string, string> = {}): Run {
    const run = spawnSync(path.join(ROOT, "bin/sandbox"), [...args, "-C", this.folder], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    return { status: run.status, output: run.stdout + run.stderr };
  }

  /** Every file below the sandbox's folder, as text, except the passphrase that opens them. */
  files(): Map<string, string> {
    const root = path.join(this.folder, ".sandbox");
    const names = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
    return new Map(
      names
        .filter((name) => name !== "passphrase" && fs.statSync(path.join(root, name)).isFile())
        .map((name) => [name, fs.readFileSync(path.join(root, name), "latin1")]),
    );
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
