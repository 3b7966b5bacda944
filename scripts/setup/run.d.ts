export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Gets each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void;
  timeoutMs?: number;
}

/** Runs a command; gives its exit code and its last lines. One that cannot be started gives 127. */
export function runLines(
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<{ code: number; tail: string[] }>;
