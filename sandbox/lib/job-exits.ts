import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Exit code of a simulated run, by `<cloud>-job-exits.json` in the folder of the simulated cloud, e.g.
 * `{"migrate*": 1}`; in the key `*` stands for any characters. Others end with 0.
 */
export function plannedExit(cloud: string, job: string): number {
  const file = path.join(process.env.SANDBOX_CLOUD ?? ".", `${cloud}-job-exits.json`);
  if (!fs.existsSync(file)) return 0;
  const planned = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, number>;
  const fits = (pattern: string): boolean => {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${source}$`).test(job);
  };
  return Object.entries(planned).find(([pattern]) => fits(pattern))?.[1] ?? 0;
}
