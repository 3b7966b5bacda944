import fs from "node:fs";
import path from "node:path";
import yaml from "js-yaml";
import type { Images } from "./images";

type Config = Record<string, unknown>;

/**
 * Writes a copy of a stack file that names this machine's engine and the images that were made
 * here; what the file itself says counts more. Gives the copy's path.
 */
export function liveStackFile(source: string, folder: string, host: string, made: Images): string {
  const { config = {} } = yaml.load(fs.readFileSync(source, "utf8")) as { config?: Config };
  const images = { ...made, ...(config["portolan-docker:images"] as Images | undefined) };
  const own = (config["portolan:images"] ?? {}) as Config;
  // The bootstrap runs psql; where the official image cannot be pulled, that of the server has it.
  const client = made["postgres-16"];
  const live: Config = {
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
