import type { Update } from "../engine";
import { ReleaseError } from "../error";

/** Pause after the first look, in milliseconds: what was asked for may be done at once. Each is twice as long as the one before ... */
const FIRST_PAUSE = 250;
/** ... up to this one. */
const PAUSE = 2_000;
/** Longest wait for a cloud to do what was asked for, in milliseconds. */
const PATIENCE = 20 * 60_000;

/** Looks again until it is true, or patience ends; `sorry` says what has not happened. */
export async function until(isTrue: () => Promise<boolean>, sorry: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (let wait = FIRST_PAUSE; !(await isTrue()); wait = Math.min(2 * wait, PAUSE)) {
    if (Date.now() > end) {
      throw new ReleaseError(`${sorry} within ${PATIENCE / 60_000} minutes; look at its events`);
    }
    await pause(wait);
  }
}

/** A pause in which an update goes on; no longer than the update lives. */
export const pauseOrEnd = ({ done }: Update): Promise<void> =>
  Promise.race([pause(PAUSE), done.catch(() => undefined)]);

const pause = (wait: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait));
