import type { Failure } from "../lib/table";
import type { Plain } from "../lib/values";

/** The provider itself reads the list of containers while it checks. */
export function taskFailures(inputs: Plain): Failure[] {
  if (containersOf(inputs.containerDefinitions) !== "broken") return [];
  return [
    {
      property: "containerDefinitions",
      reason: "ECS Task Definition container_definitions is invalid: it is no JSON list",
    },
  ];
}

/** Container definitions; none while they are unknown. */
export function containersOf(text: unknown): Plain[] | "broken" {
  if (typeof text !== "string") return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Plain[]) : "broken";
  } catch {
    return "broken";
  }
}
