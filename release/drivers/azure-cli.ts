import { ask } from "../cli";

/** Asks Azure's CLI. */
export const az = <T>(...args: readonly string[]): Promise<T> =>
  ask<T>("az", [...args, "--output", "json"]);
