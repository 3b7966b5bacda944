"use strict";

/** A failure a person can mend: the message is a sentence and says how; it is shown without a stack trace. */
class SetupError extends Error {}

/** Something is not on this machine and cannot be had here: what needs it is left out, where it can be. */
class Unavailable extends SetupError {}

/** Runs a command-line entry point: a `SetupError` becomes its sentence and exit code 1, anything else keeps its stack. */
async function main(entry) {
  try {
    process.exitCode = (await entry()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

module.exports = { SetupError, Unavailable, main };
