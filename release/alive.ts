import { readFileSync } from "node:fs";

/** Whether a process of this machine lives. One that has ended counts as dead before anybody has noticed. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !isZombie(pid);
}

/** In containers the first process often looks after none but its own, and others stay as zombies. */
function isZombie(pid: number): boolean {
  try {
    // The name before it may hold anything, also brackets.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // Gone meanwhile, or not Linux.
    return false;
  }
}
