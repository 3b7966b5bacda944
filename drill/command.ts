import { spawnSync } from "node:child_process";
import { InputError } from "../review/input/problem";

/** What the cloud refused or could not do; the drill has failed, and tidies up. */
export class DrillError extends Error {}

/** Runs a cloud's command line and reads the JSON that it prints. */
export function json<T>(program: string, args: readonly string[]): T {
  const run = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: process.env,
  });
  if ((run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
    throw new InputError(
      `${program} is not on the PATH; install the cloud's command line and log in.`,
    );
  }
  if (run.status !== 0) {
    const said = (run.stderr || run.stdout || String(run.error ?? "no message")).trim();
    throw new DrillError(`${program} ${args.slice(0, 3).join(" ")}: ${said.slice(-1000)}`);
  }
  try {
    return JSON.parse(run.stdout || "null") as T;
  } catch {
    throw new DrillError(`${program} ${args.slice(0, 3).join(" ")}: the answer is no JSON.`);
  }
}
