import { hostname } from "node:os";
import { isAlive } from "./alive";
import { ReleaseError } from "./error";
import { pulumi, succeed, type Run } from "./pulumi";

/** Between two looks at a lock, in milliseconds. */
const PAUSE = 5_000;

/** Who holds a stack's lock, as far as the backend tells. */
export interface Lock {
  readonly host?: string;
  readonly pid: number;
}

export interface LockRules {
  readonly folder: string;
  readonly stack: string;
  /** How long a lock is waited for, in milliseconds. */
  readonly patience: number;
  /** Whether the holder of another machine is known to be dead, after so many milliseconds. */
  readonly isDead: (lock: Lock, waited: number) => boolean;
}

/**
 * Runs a command of Pulumi once nobody else holds the stack's lock. The lock of a process that is dead
 * is taken away: it names machine and process; a living one is waited for.
 */
export async function unlocked(
  args: readonly string[],
  rules: LockRules,
  input?: string,
): Promise<Run> {
  const { folder, stack, patience, isDead } = rules;
  for (let waited = 0; ; waited += PAUSE) {
    const run = await pulumi(folder, args, input);
    const lock = lockIn(run);
    if (!lock) return run;
    const dead = lock.host === hostname() ? !isAlive(lock.pid) : isDead(lock, waited);
    if (dead) await succeed(folder, ["cancel", "--yes", "--stack", stack]);
    else if (waited >= patience) {
      const by = lock.host === undefined ? "" : ` (process ${lock.pid} on ${lock.host})`;
      throw new ReleaseError(
        `another update of ${stack} is under way${by}; let it finish, then run the same command again`,
      );
    } else await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** The lock that kept a command from starting: of a bucket or folder, or of Pulumi's service. */
function lockIn({ code, stdout, stderr }: Run): Lock | undefined {
  if (code === 0) return undefined;
  const text = `${stdout}\n${stderr}`;
  if (!/currently locked by|another update is currently in progress/i.test(text)) return undefined;
  const [, host, pid] = /created by \S+@(\S+) \(pid (\d+)\)/.exec(text) ?? [];
  return { ...(host === undefined ? {} : { host }), pid: Number(pid ?? 0) };
}
