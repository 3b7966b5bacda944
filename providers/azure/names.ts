import { createHash } from "node:crypto";
import type { Environment } from "../../components/cloud";
import { fit } from "../../components/naming";
import type { Settings } from "./settings";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The same eight hex digits for the same stack of the same subscription, and for no other. */
export function stackHash({ system, stack }: Environment, { subscriptionId }: Settings): string {
  return digest(`${subscriptionId}/${system}/${stack}`).slice(0, 8);
}

/**
 * A name that is unique in all of Azure and holds letters and digits only: registries, storage
 * accounts. It is made here and not by the provider, so that a preview knows it.
 */
export function globalName(
  prefix: string,
  environment: Environment,
  settings: Settings,
  max: number,
): string {
  const letters = prefix.toLowerCase().replace(/[^a-z0-9]/g, "");
  return `${letters.slice(0, max - 8)}${stackHash(environment, settings)}`;
}

/** A GUID made of a text, for resources whose name must be one and stay the same. */
export function guidOf(text: string): string {
  const hex = digest(text);
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Name of an app or a job: 2 to 32 lower-case letters, digits and single hyphens. */
export function appName(name: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return fit(clean, 32);
}

/** Letters and digits only, a letter first: rules and rule sets of Front Door. */
export function alphanumeric(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").replace(/^[0-9]+/, "");
}

/** Room for the eight characters that the provider adds to a logical name. */
export function autoNamed(name: string, max: number): string {
  return fit(name, max - 8);
}

/** A short, stable mark of some content. */
export const contentHash = (content: unknown): string =>
  digest(JSON.stringify(content)).slice(0, 16);
