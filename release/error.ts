/** Why a release does not go on; the message is a sentence with a remedy. */
export class ReleaseError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ReleaseError";
  }
}

/** Input that no release can start with: nothing has been changed, and nothing is recorded. */
export class UsageError extends ReleaseError {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** What went wrong in one sentence, whatever was thrown. */
export const sentence = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
