import { CliError, ask } from "../cli";
import { UsageError } from "../error";

/** Asks AWS's CLI, of either major version, in a region. */
export const aws = <T>(region: string, ...args: readonly string[]): Promise<T> =>
  ask<T>("aws", [...args, "--region", region, "--output", "json"]);

/** A time in an answer: version 2 writes it as text, version 1 as seconds. */
export type Time = string | number;

export const milliseconds = (time: Time | undefined): number =>
  typeof time === "number" ? time * 1000 : Date.parse(time ?? "");

/** Whether an error carries this code of AWS, e.g. `ImageNotFoundException`. */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof CliError && error.said.includes(code);

/** Who asks; refuses when nobody is signed in. */
export async function signedIn(region = "us-east-1"): Promise<{ Account: string }> {
  try {
    return await aws(region, "sts", "get-caller-identity");
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new UsageError(`aws: nobody is signed in (${error.said.trim()}); run \`aws sso login\``);
  }
}

/** Refuses a CLI without the command that answers a pause: one that knows it prints a skeleton, without asking AWS. */
export async function knowsPauses(region = "us-east-1"): Promise<void> {
  try {
    await aws(region, "ecs", "continue-service-deployment", "--generate-cli-skeleton", "input");
  } catch {
    throw new UsageError(
      "aws: this version does not know `ecs continue-service-deployment`; install a newer one",
    );
  }
}
