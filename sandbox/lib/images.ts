import { createHash } from "node:crypto";
import { fits, readBeside } from "./beside";

/** Digest of a simulated image: the one that its reference names, else made of the reference, always the same. */
export function digestOf(reference: string): string {
  const named = /sha256:[0-9a-f]{64}/.exec(reference)?.[0];
  return named ?? `sha256:${createHash("sha256").update(reference).digest("hex")}`;
}

/**
 * Why containers of an image never become healthy, by `unhealthy.json` in the folder of the simulated
 * cloud: pattern of the reference -> the platform's words, e.g. `{"*@sha256:12ab*": "failed to listen"}`.
 */
export function sickness(reference: string): string | undefined {
  const planned = readBeside<Record<string, string>>("unhealthy.json", {});
  return Object.entries(planned).find(([pattern]) => fits(pattern, reference))?.[1];
}
