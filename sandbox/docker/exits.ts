import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Exit codes of simulated runs: `docker-exits.json` in the folder of the simulated cloud, e.g.
 * `{"migrate-run": 1}`; the key is a container's logical name, `*` stands for any characters. Others
 * that are attached to end with 0, and those that are waited for become healthy.
 */
const EXITS = "docker-exits.json";

export function exitCodeOf(logicalName: string): number | undefined {
  const file = path.join(process.env.SANDBOX_CLOUD ?? ".", EXITS);
  if (!fs.existsSync(file)) return undefined;
  const planned = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, number>;
  const fits = (pattern: string): boolean => {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
    return new RegExp(`^${source}$`).test(logicalName);
  };
  return Object.entries(planned).find(([pattern]) => fits(pattern))?.[1];
}
