import type { Resource } from "../../resource";
import { physicalName } from "../values";
import type { Value } from "../../value/value";

/**
 * The name a program gave by itself; undefined where the provider made it: a hyphen and seven hexadecimal digits
 * behind the logical name.
 */
export function givenName(resource: Resource, property = "name"): Value | undefined {
  const name = physicalName(resource, property);
  if (name === undefined || name.kind !== "given") return undefined;
  const rest = name.text.toLowerCase().startsWith(`${resource.name.toLowerCase()}-`)
    ? name.text.slice(resource.name.length + 1)
    : "";
  return /^[0-9a-f]{7}$/.test(rest) ? undefined : name.at;
}
