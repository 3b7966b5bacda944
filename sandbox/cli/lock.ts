import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Project } from "./project";

interface Lock {
  pid?: number;
  hostname?: string;
}

/** Remove the locks of dead processes on a stack; refuse while a living one holds it. */
export function releaseStaleLocks(project: Project, stack: string): number {
  const folder = path.join(
    project.sandbox.state,
    ".pulumi",
    "locks",
    "organization",
    project.name,
    stack,
  );
  if (!fs.existsSync(folder)) return 0;
  const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
  for (const file of files) {
    const { pid, hostname } = read(file);
    if (pid !== undefined && (hostname !== os.hostname() || isAlive(pid))) {
      throw new Error(
        `process ${pid} on ${hostname ?? "this machine"} is working on the stack "${stack}"; ` +
          `let it finish, or run "bin/sandbox cancel --stack ${stack}" if you know that it is gone`,
      );
    }
  }
  for (const file of files) fs.rmSync(file);
  return files.filter((file) => file.endsWith(".json")).length;
}

/** A lock that was cut short by the kill says nothing and holds nothing. */
function read(file: string): Lock {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Lock;
  } catch {
    return {};
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
