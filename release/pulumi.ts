import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { ReleaseError } from "./error";

/** What a command of Pulumi's CLI printed. */
export interface Run {
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Pulumi's CLI in a folder; asks nobody and prints nothing by itself. */
export function pulumi(folder: string, args: readonly string[], input?: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: folder,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...process.env,
        NO_COLOR: "1",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // Shows options such as --event-log, which the Automation API uses, too.
        PULUMI_DEBUG_COMMANDS: "true",
      },
    });
    const parts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (parts[name] += text));
    }
    // A command that does not read its input closes it.
    child.stdin.on("error", () => undefined).end(input ?? "");
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new ReleaseError("pulumi: is not installed; a release updates the stack through it")
          : error,
      ),
    );
    child.on("close", (code) => {
      const { stdout, stderr } = parts;
      resolve({ args, code: code ?? 137, stdout, stderr: stripVTControlCharacters(stderr) });
    });
  });
}

/** The same where anything but success is an error. */
export async function succeed(folder: string, args: readonly string[]): Promise<string> {
  const run = await pulumi(folder, args);
  if (run.code === 0) return run.stdout;
  throw refused(run);
}

/** What a command that failed said. */
export function refused({ args, stderr, stdout }: Run): ReleaseError {
  const words = (stderr || stdout).trim().replace(/^error: /, "");
  return new ReleaseError(`pulumi ${args.slice(0, 2).join(" ")}: ${words.slice(0, 1000)}`);
}
