import { fits, readBeside } from "./beside";

/**
 * Whether a platform takes a release of an image back and calls it a success, by `rolled-back.json` in
 * the folder of the simulated cloud: patterns of references, e.g. `["*@sha256:12ab*"]`.
 */
export const isRolledBack = (reference: string): boolean =>
  readBeside<readonly string[]>("rolled-back.json", []).some((pattern) => fits(pattern, reference));
