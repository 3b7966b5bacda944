/** A failure a person can mend: the message is a sentence and says how; shown without a stack trace. */
export class SetupError extends Error {}

/** Something is not on this machine and cannot be had here: what needs it is left out, where it can be. */
export class Unavailable extends SetupError {}

/** Runs a command-line entry point: a `SetupError` becomes its sentence and exit code 1. */
export function main(entry: () => Promise<number | undefined>): Promise<void>;
