import { fits, readBeside } from "./beside";

/**
 * Exit code of a simulated run, by `<cloud>-job-exits.json` in the folder of the simulated cloud, e.g.
 * `{"migrate*": 1}`; in the key `*` stands for any characters. Others end with 0.
 */
export function plannedExit(cloud: string, job: string): number {
  const planned = readBeside<Record<string, number>>(`${cloud}-job-exits.json`, {});
  return Object.entries(planned).find(([pattern]) => fits(pattern, job))?.[1] ?? 0;
}
