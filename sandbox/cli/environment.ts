import * as path from "node:path";
import type { Project } from "./project";

/** Variables that would lead the CLI to an account, to other plugins or to another stack. */
const DROPPED = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_IGNORE_AMBIENT_PLUGINS",
  "PULUMI_DEBUG_PROVIDERS",
  "PULUMI_STACK",
];

/** Environment of a pulumi process in the sandbox: file backend, own passphrase and home, our providers. */
export function sandboxEnvironment(
  project: Project,
  binDir: string,
  plugins: readonly string[],
  realTime: number | undefined,
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !DROPPED.includes(name));
  const env: NodeJS.ProcessEnv = Object.fromEntries(kept);
  const { sandbox } = project;
  return {
    ...env,
    PATH: [...plugins, binDir, env.PATH ?? ""].join(path.delimiter),
    PULUMI_HOME: sandbox.home,
    PULUMI_BACKEND_URL: `file://${sandbox.state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: sandbox.passphraseFile,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    SANDBOX_CLOUD: sandbox.cloud,
    SANDBOX_STATE: sandbox.state,
    SANDBOX_PASSPHRASE_FILE: sandbox.passphraseFile,
    SANDBOX_PROJECT: project.folder,
    ...(realTime === undefined ? {} : { SANDBOX_REAL_TIME: String(realTime) }),
  };
}
