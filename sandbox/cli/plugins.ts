import * as fs from "node:fs";
import * as path from "node:path";
import type { Project } from "./project";

/**
 * Put the simulated providers where the engine finds them and return the folders that have to be on PATH.
 *
 * The engine takes a provider from PATH for any version, with a warning in every preview. From the plugin folder of its
 * home it takes exactly the version the program's SDK asks for, silently. So ours stand there under the versions that
 * are installed; PATH is for packages whose SDK was not found, and where a real provider on PATH would win otherwise.
 * `SANDBOX_OFFICIAL_<PACKAGE>` names a real provider that stands there instead of ours.
 */
export function installPlugins(project: Project, launchers: string): string[] {
  const onPath: string[] = [];
  for (const name of fs.readdirSync(launchers)) {
    const folder = path.join(launchers, name);
    const file = `pulumi-resource-${name}`;
    const version = sdkVersion(project.folder, `@pulumi/${name}`);
    const official = process.env[`SANDBOX_OFFICIAL_${name.toUpperCase()}`];
    if (version === undefined || (official === undefined && isOnPath(file))) onPath.push(folder);
    else {
      const installed = path.join(project.sandbox.home, "plugins", `resource-${name}-v${version}`);
      fs.mkdirSync(installed, { recursive: true });
      link(official ?? path.join(folder, file), path.join(installed, file));
    }
  }
  return onPath;
}

/** Version of an npm package as a program in this folder would load it. */
export function sdkVersion(from: string, packageName: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const file = path.join(folder, "node_modules", packageName, "package.json");
    if (fs.existsSync(file)) {
      return (JSON.parse(fs.readFileSync(file, "utf8")) as { version: string }).version;
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

function isOnPath(file: string): boolean {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => fs.existsSync(path.join(folder, file)));
}

/** The launchers move when the sandbox's code changes; a link follows in one step. */
function link(target: string, file: string): void {
  const current = fs.lstatSync(file, { throwIfNoEntry: false });
  if (current?.isSymbolicLink() === true && fs.readlinkSync(file) === target) return;
  const draft = `${file}.${process.pid}`;
  fs.symlinkSync(target, draft);
  fs.renameSync(draft, file);
}
