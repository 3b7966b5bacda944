import * as path from "node:path";
import type * as ToolchainModule from "../../scripts/toolchain/index";
import type { Arguments } from "./arguments";
import { sandboxEnvironment } from "./environment";
import { plantObjects } from "./planted";
import { installPlugins } from "./plugins";
import { findProject, openSandbox } from "./project";
import type { Project } from "./project";

/** Everything a command of the sandbox works with. */
export interface Context {
  /** Root of Portolan itself. */
  portolan: string;
  project: Project;
  toolchain: ToolchainModule.Toolchain;
  env: NodeJS.ProcessEnv;
  /** Folder in which pulumi runs. */
  cwd: string;
}

/** Find project and toolchain and open the project's sandbox. */
export async function openContext(args: Arguments, portolan: string): Promise<Context> {
  const cwd = path.resolve(args.cwd ?? ".");
  const project = findProject(cwd);
  openSandbox(project);
  plantObjects(project);
  const file = path.join(portolan, "scripts", "toolchain", "index.js");
  const { ensureToolchain } = (await import(file)) as typeof ToolchainModule;
  const toolchain = await ensureToolchain();
  const plugins = installPlugins(project, path.join(__dirname, "..", "plugins"));
  const env = sandboxEnvironment(project, toolchain.binDir, plugins, args.realTime);
  // Portolan's own program keeps the SDK's debug messages to itself unless somebody wants to see them.
  if (args.passed.some((word) => word === "--debug" || word === "-d")) {
    env.PORTOLAN_SDK_DEBUG = "true";
  }
  return { portolan, project, toolchain, env, cwd };
}
