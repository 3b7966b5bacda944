import { CliError, ask } from "../cli";

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
