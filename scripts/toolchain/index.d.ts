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
  /** Where it was found. */
  source: "path" | "cache";
}

/** What a caller, above all a test, may replace. */
export interface ToolchainOptions {
  /** Environment whose PATH, HOME, XDG_CACHE_HOME and PORTOLAN_CACHE decide; default: the process's own. */
  env?: NodeJS.ProcessEnv;
  /** Where progress goes; default: stderr. */
  progress?: Progress;
}

/** Receives the steps of a set-up. */
export interface Progress {
  step(title: string): {
    update(detail: string): void;
    done(result?: string): void;
    failed(reason: string): void;
  };
  note(text: string): void;
}

/** Finds or makes the Pulumi CLI and its Node.js language host; silent when they are there already. */
export function ensureToolchain(options?: ToolchainOptions): Promise<Toolchain>;
