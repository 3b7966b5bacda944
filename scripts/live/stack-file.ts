import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import type { Images } from "./images";

type Config = Record<string, unknown>;

/** Systems that have no server to bootstrap. */
const WITHOUT_DATABASE = ["octoprox"];

/**
 * Writes a copy of a stack file that names this machine's engine and the images that were made
 * here; what the file itself says counts more. Gives the copy's path.
 */
export function liveStackFile(source: string, folder: string, host: string, made: Images): string {
  const { config = {} } = yaml.load(fs.readFileSync(source, "utf8")) as { config?: Config };
  const images = { ...made, ...(config["portolan-docker:images"] as Images | undefined) };
  const own = (config["portolan:images"] ?? {}) as Config;
  // The bootstrap runs psql; where the official image cannot be pulled, that of the server has it.
  const client = WITHOUT_DATABASE.includes(String(config["portolan:system"]))
    ? undefined
    : made["postgres-16"];
  const live: Config = {
    ...socketGroup(host),
    ...config,
    "docker:host": host,
    "portolan-docker:images": images,
    "portolan:images": {
      ...(client === undefined ? {} : { "postgres-client": { reference: client } }),
      ...own,
    },
  };
  const copy = path.join(folder, path.basename(source));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(copy, yaml.dump({ config: live }));
  return copy;
}

/** Group of the engine's socket, where it is a file of this machine; root's own needs no word. */
function socketGroup(host: string): Config {
  const file = host.replace(/^unix:\/\//, "");
  const { gid = 0 } = fs.statSync(file, { throwIfNoEntry: false }) ?? {};
  return gid > 0 ? { "portolan-docker:socketGroup": `${gid}` } : {};
}
