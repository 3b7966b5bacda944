import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { sdkVersion } from "../../sandbox/cli/plugins";
import type { Progress } from "../setup/progress.js";
import { runLines } from "../setup/run.js";
import { ensureToolchain } from "../toolchain/index.js";
import { cacheFolder } from "./places";

const PACKAGE = "docker";
/** An attempt without an answer is given up after this. */
const INSTALL_MS = 30_000;
/** Who could not download it is not asked again before this. */
const PATIENCE_MS = 24 * 3_600_000;

/** What drives the engine for Pulumi. */
export interface DockerPlugin {
  /** Program of the official plugin; absent where the sandbox's own does it. */
  readonly official?: string;
  /** Which one it is, and why. */
  readonly note: string;
}

/** Where the official plugin may be, and how it is installed. */
export interface Source {
  readonly version: string;
  /** Folder of Pulumi's plugins. */
  readonly plugins: string;
  /** File that keeps the reason of a failed attempt. */
  readonly failure: string;
  /** Faults are planted, which only the sandbox's own plugin has. */
  readonly faults: boolean;
  readonly install: () => Promise<{ readonly code: number; readonly tail: readonly string[] }>;
}

/** The official plugin where it is there or can be downloaded, else the sandbox's own. */
export async function choosePlugin(source: Source): Promise<DockerPlugin> {
  const { version, plugins, failure, faults, install } = source;
  const own = (why: string): DockerPlugin => ({
    note: `Docker plugin: the sandbox's own, since ${why}.`,
  });
  if (faults) return own("faults are planted");
  const file = `pulumi-resource-${PACKAGE}`;
  const official = path.join(plugins, `resource-${PACKAGE}-v${version}`, file);
  const found = { official, note: `Docker plugin: the official one, ${version}.` };
  if (fs.existsSync(official)) return found;
  const told = fs.statSync(failure, { throwIfNoEntry: false });
  if (told && Date.now() - told.mtimeMs < PATIENCE_MS) return own(fs.readFileSync(failure, "utf8"));
  const { code, tail } = await install();
  if (code === 0 && fs.existsSync(official)) return found;
  const why = `the official ${version} could not be downloaded (${tail.at(-1) ?? "no answer"})`;
  fs.mkdirSync(path.dirname(failure), { recursive: true });
  fs.writeFileSync(failure, why);
  return own(why);
}

/** The same on this machine, by Pulumi's ordinary install into its ordinary folder. */
export async function dockerPlugin(progress: Progress): Promise<DockerPlugin> {
  const version = sdkVersion(__dirname, `@pulumi/${PACKAGE}`) ?? "";
  const home = process.env.PULUMI_HOME ?? path.join(os.homedir(), ".pulumi");
  return choosePlugin({
    version,
    plugins: path.join(home, "plugins"),
    failure: cacheFolder(`no-${PACKAGE}-plugin-${version}`),
    faults: process.env.SANDBOX_FAULTS !== undefined,
    install: async () => {
      const { pulumi } = await ensureToolchain({ progress });
      const step = progress.step(`Downloading the ${PACKAGE} plugin ${version}`);
      const command = ["plugin", "install", "resource", PACKAGE, version];
      const result = await runLines(pulumi, command, { timeoutMs: INSTALL_MS });
      if (result.code === 0) step.done();
      else step.failed("not possible");
      return result;
    },
  });
}
