import { Refusal } from "./stand-in";

/** An error as AWS's own CLI words it. */
export const refusal = (operation: string, code: string, message: string): Refusal =>
  new Refusal(
    `An error occurred (${code}) when calling the ${operation} operation: ${message}`,
    254,
  );
