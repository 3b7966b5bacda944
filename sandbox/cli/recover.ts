import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Arguments } from "./arguments";
import { cloudEntries } from "./cloud";
import type { Context } from "./context";
import type { Project } from "./project";
import { pulumi } from "./run";
import { chooseStack, stateFile } from "./stack";
import { copyStackConfig, defaultSource } from "./stack-config";

/** What the engine was about to do when it was killed. */
interface PendingOperation {
  readonly type: string;
  readonly resource: { readonly urn: string };
}

/**
 * `bin/sandbox recover`: after a killed update. The lock of a dead process is released, what the
 * simulated cloud has made is taken into the state, what it has not made is forgotten. The next
 * update then makes exactly what is missing. On a real stack the same is done by
 * `pulumi cancel` and `pulumi refresh --import-pending-creates <URN> --import-pending-creates <ID>`.
 */
export async function recover(context: Context, args: Arguments): Promise<number> {
  const { project } = context;
  const stack = chooseStack(project, args.stack);
  if (!fs.existsSync(stateFile(project, stack))) {
    throw new Error(`there is no stack ${stack} in this sandbox; see bin/sandbox stack ls`);
  }
  releaseLocks(project, stack);
  const pending = pendingOperations(context, stack);
  if (pending.length === 0) {
    console.log(`${stack}: no operation was interrupted; nothing to recover.`);
    return 0;
  }
  const imports: string[] = [];
  const made = new Map(cloudEntries(project).map(({ json }) => [json.urn, json.id]));
  for (const { type, resource } of pending) {
    const id = made.get(resource.urn);
    const name = resource.urn.split("::").slice(-2).join(" ");
    if (type !== "creating") console.log(`${name}: was ${type}; the refresh tells what came of it`);
    else if (id === undefined) console.log(`${name}: was never made; forgotten`);
    else {
      console.log(`${name}: was made as ${id}; taken into the state`);
      imports.push("--import-pending-creates", resource.urn, "--import-pending-creates", id);
    }
  }
  const given = args.configFile && path.resolve(project.folder, args.configFile);
  const config = copyStackConfig(project, stack, given ?? defaultSource(project, stack));
  const options = ["--yes", "--skip-preview", "--stack", stack, "--config-file", config];
  return pulumi(context, ["refresh", ...options, "--clear-pending-creates", ...imports]);
}

/** Removes the locks of processes that are gone; a living one means that an update is running. */
function releaseLocks(project: Project, stack: string): void {
  const folder = path.join(project.sandbox.state, ".pulumi", "locks");
  if (!fs.existsSync(folder)) return;
  const locks = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && path.dirname(name).split(path.sep).at(-1) === stack)
    .map((name) => path.join(folder, name));
  for (const lock of locks) {
    const { pid } = JSON.parse(fs.readFileSync(lock, "utf8")) as { pid: number };
    if (isAlive(pid)) {
      throw new Error(`${stack}: process ${pid} is still at work on it; wait for it or stop it`);
    }
    fs.rmSync(lock);
    console.log(`released the lock of process ${pid}, which is gone`);
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

function pendingOperations(context: Context, stack: string): PendingOperation[] {
  const { status, stdout, stderr } = spawnSync(
    context.toolchain.pulumi,
    ["stack", "export", "--stack", stack],
    { cwd: context.cwd, env: context.env, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`the state of ${stack} cannot be read: ${stderr.trim()}`);
  const { deployment } = JSON.parse(stdout) as {
    deployment?: { pending_operations?: PendingOperation[] };
  };
  return deployment?.pending_operations ?? [];
}
