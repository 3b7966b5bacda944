import { fits, readBeside } from "../lib/beside";

/**
 * Exit codes of simulated runs: `docker-exits.json` in the folder of the simulated cloud, e.g.
 * `{"migrate-run": 1}`; the key is a container's logical name, `*` stands for any characters. Others
 * that are attached to end with 0, and those that are waited for become healthy.
 */
const EXITS = "docker-exits.json";

export function exitCodeOf(logicalName: string): number | undefined {
  const planned = readBeside<Record<string, number>>(EXITS, {});
  return Object.entries(planned).find(([pattern]) => fits(pattern, logicalName))?.[1];
}
