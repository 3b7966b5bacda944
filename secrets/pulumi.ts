import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { InputError } from "../review/input/problem";

const SANDBOX = join(__dirname, "..", "bin", "sandbox");

/** Where a stack is, in words of Pulumi's command line. */
export interface Place {
  readonly stack: string;
  /** Folder of the Pulumi project. */
  readonly cwd: string;
  /** The project's sandbox instead of the backend that Pulumi is logged in to. */
  readonly sandbox: boolean;
}

/**
 * Runs Pulumi on a stack and returns what it printed. `input` becomes its standard input, which no list of
 * processes shows; `terminal` hands over the terminal instead, for Pulumi's own hidden prompt.
 */
export function pulumi(
  place: Place,
  args: readonly string[],
  given: { readonly input?: string } | "terminal" = {},
): string {
  const [command, extra] = place.sandbox ? [SANDBOX, []] : ["pulumi", ["--non-interactive"]];
  const terminal = given === "terminal";
  const options = [...args, "--stack", place.stack, "-C", place.cwd, ...(terminal ? [] : extra)];
  const run = spawnSync(command, options, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    ...(terminal ? {} : { input: given.input ?? "" }),
    stdio: terminal ? "inherit" : "pipe",
    env: { ...process.env, NO_COLOR: "1", PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  if (run.status === 0) return run.stdout ?? "";
  if ((run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") {
    throw new InputError(
      "pulumi is not on the PATH; install it, or use --sandbox for the simulated stack.",
    );
  }
  const said = (run.stderr ?? "").replaceAll(/^(error|sandbox): /gm, "").trim();
  throw new InputError(`${place.stack}: ${said || `pulumi ended with ${run.status}`}`);
}
