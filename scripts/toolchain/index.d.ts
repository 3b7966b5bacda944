import type { Progress } from "../setup/progress.js";

/** The programs that run a Pulumi project. */
export interface Toolchain {
  /** The Pulumi CLI: an absolute path. */
  pulumi: string;
  /** The folder that belongs first on PATH, so that the engine finds the language host. */
  binDir: string;
  /**
   * True when the language host is the one that came with the CLI. The one we build where downloads are out of reach is
   * older and cannot start a policy pack folder; there `--policy-pack` takes an executable.
   */
  official: boolean;
  /** What `pulumi version` tells, such as `v3.255.0`. */
  version: string;
  /** Where it was found; a toolchain that was just made is found in the cache. */
  source: "path" | "cache";
}

/** What a caller, above all a test, may replace. */
export interface ToolchainOptions {
  /** Environment whose PATH, HOME, XDG_CACHE_HOME and PORTOLAN_CACHE decide; default: the process's own. */
  env?: NodeJS.ProcessEnv;
  /** Where progress goes; default: stderr. */
  progress?: Progress;
}

/** Finds or makes the Pulumi CLI and its Node.js language host; silent when they are there already. */
export function ensureToolchain(options?: ToolchainOptions): Promise<Toolchain>;
