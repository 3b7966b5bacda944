import * as fs from "node:fs";
import * as path from "node:path";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import type { Plain } from "../lib/values";

/**
 * Exit codes of simulated runs: `gcp-job-exits.json` in the folder of the simulated cloud, e.g.
 * `{"migrate*": 1}`; the key is a job's logical name, `*` stands for any characters. Others end with 0.
 */
const EXITS = "gcp-job-exits.json";

/** Lets a job run to its end; what does not end with 0 fails the operation that started it. */
export function runOnce(draft: Draft): void {
  const code = exitCode(draft.logicalName);
  if (code === 0) return;
  throw new CloudError(
    `Error waiting to create Job: Error waiting for Creating Job: Error code 13, message: Execution ` +
      `${executionName(draft)} failed: Task ${executionName(draft)}-task0 failed with message: The container ` +
      `exited with an error (exit code ${code}).`,
  );
}

export function latestExecution(draft: Draft): Plain {
  const time = new Date().toISOString();
  return { name: executionName(draft), createTime: time, completionTime: time };
}

function executionName({ name, inputs }: Draft): string {
  const execution = `${name}-${String(inputs.runExecutionToken)}`;
  if (execution.length >= 63) {
    throw new CloudError(
      `googleapi: Error 400: the sum of job name and token length must be fewer than 63 characters: ${execution}`,
    );
  }
  return execution;
}

function exitCode(logicalName: string): number {
  const file = path.join(process.env.SANDBOX_CLOUD ?? ".", EXITS);
  if (!fs.existsSync(file)) return 0;
  const planned = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, number>;
  const fits = (pattern: string): boolean => {
    const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
    return new RegExp(`^${source}$`).test(logicalName);
  };
  return Object.entries(planned).find(([pattern]) => fits(pattern))?.[1] ?? 0;
}
