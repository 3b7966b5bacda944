import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";

/** A Pulumi project and the places of its sandbox. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  folder: string;
  file: string;
  name: string;
  /** Folder of the stack files, by `stackConfigDir` of Pulumi.yaml. */
  configFolder: string;
  sandbox: SandboxFolder;
}

/** The git-ignored `.sandbox` folder of a project. */
export interface SandboxFolder {
  root: string;
  /** The file:// backend. */
  state: string;
  /** Copies of the stack files. */
  config: string;
  /** The simulated cloud, a folder per package. */
  cloud: string;
  log: string;
  /** Workspace of the CLI: selected stack, plugins; apart from the user's own. */
  home: string;
  passphraseFile: string;
}

const NAMES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Whether packages that can drive something real do so; `bin/live` asks for it. */
export const isLive = (): boolean => process.env.SANDBOX_LIVE === "1";

/** The project that pulumi itself would find from this folder. */
export function findProject(from: string): Project {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const file = NAMES.map((name) => path.join(folder, name)).find((name) => fs.existsSync(name));
    if (file !== undefined) return describe(folder, file);
    if (folder === path.dirname(folder)) break;
  }
  throw new Error(
    `${path.resolve(from)}: no Pulumi.yaml here or above; name the project's folder with -C`,
  );
}

function describe(folder: string, file: string): Project {
  const content = yaml.load(fs.readFileSync(file, "utf8")) as {
    name?: unknown;
    stackConfigDir?: string;
    config?: unknown;
  } | null;
  if (typeof content?.name !== "string")
    throw new Error(`${file}: "name" is missing; a project has one`);
  // What runs on a real engine has a state of its own beside the simulated one.
  const root = path.join(folder, isLive() ? ".portolan/live" : ".sandbox");
  const directory =
    content.stackConfigDir ?? (typeof content.config === "string" ? content.config : "");
  return {
    folder,
    file,
    name: content.name,
    configFolder: path.join(folder, directory),
    sandbox: {
      root,
      state: path.join(root, "state"),
      config: path.join(root, "config"),
      cloud: path.join(root, "cloud"),
      log: path.join(root, "log"),
      home: path.join(root, "home"),
      passphraseFile: path.join(root, "passphrase"),
    },
  };
}

/** Make the sandbox's folder, with a passphrase of its own, ignored by git wherever the project lives. */
export function openSandbox(project: Project): void {
  const { sandbox } = project;
  for (const folder of [sandbox.state, sandbox.config, sandbox.cloud, sandbox.log, sandbox.home]) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  writeOnce(path.join(sandbox.root, ".gitignore"), "*\n");
  writeOnce(sandbox.passphraseFile, `${randomBytes(32).toString("hex")}\n`);
}

function writeOnce(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
