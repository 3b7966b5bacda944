import { plannedExit } from "../lib/job-exits";
import { CloudError } from "../lib/table";
import type { Draft } from "../lib/table";
import type { Plain } from "../lib/values";

/** Lets a job run to its end; what does not end with 0 fails the operation that started it. */
export function runOnce(draft: Draft): void {
  const code = plannedExit("gcp", draft.logicalName);
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
