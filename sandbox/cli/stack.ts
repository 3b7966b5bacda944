import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Project } from "./project";

/** The stack a command works on: the one asked for, the selected one, the only one, or `staging`. */
export function chooseStack(project: Project, asked: string | undefined): string {
  const stack = asked ?? process.env.PULUMI_STACK ?? selectedStack(project) ?? usualStack(project);
  // An organisation or project in front (`org/project/stack`) means nothing to a file backend.
  return stack.split("/").at(-1) ?? stack;
}

function usualStack(project: Project): string {
  const stacks = stackFiles(project);
  if (stacks.length === 0) return "dev";
  if (stacks.length === 1) return stacks[0] ?? "dev";
  if (stacks.includes("staging")) return "staging";
  throw new Error(`several stacks (${stacks.join(", ")}): say which one with --stack <name>`);
}

/** Stacks that have a committed file. */
export function stackFiles(project: Project): string[] {
  if (!fs.existsSync(project.configFolder)) return [];
  return fs
    .readdirSync(project.configFolder)
    .flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
}

/** What `bin/sandbox stack select` chose; the CLI keeps it in the workspace folder of its home. */
function selectedStack(project: Project): string | undefined {
  const digest = createHash("sha1").update(project.file).digest("hex");
  const file = path.join(
    project.sandbox.home,
    "workspaces",
    `${project.name}-${digest}-workspace.json`,
  );
  if (!fs.existsSync(file)) return undefined;
  const { stack } = JSON.parse(fs.readFileSync(file, "utf8")) as { stack?: string };
  return stack === "" ? undefined : stack;
}

/** State file of a stack in the file:// backend. */
export function stateFile(project: Project, stack: string): string {
  return path.join(project.sandbox.state, ".pulumi", "stacks", project.name, `${stack}.json`);
}

/**
 * Make a stack on first use. The CLI does it in the sandbox's config folder, so that the stack file it writes is the
 * sandbox's copy and never the committed one.
 */
export function ensureStack(
  project: Project,
  stack: string,
  pulumi: string,
  env: NodeJS.ProcessEnv,
): void {
  if (fs.existsSync(stateFile(project, stack))) return;
  const folder = project.sandbox.config;
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${project.name}\nruntime: nodejs\n`);
  const made = spawnSync(pulumi, ["stack", "init", stack, "--no-select", "--non-interactive"], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  if (made.status !== 0 && !fs.existsSync(stateFile(project, stack))) {
    throw new Error(
      `the stack "${stack}" could not be made: ${(made.stderr || made.stdout || String(made.error)).trim()}`,
    );
  }
}
