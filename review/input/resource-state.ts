import { asMap } from "./json-file";
import type { PlannedResource } from "./plan";
import { InputError } from "./problem";
import { maskSecrets } from "./secrets";
import { positionOf } from "./source-position";

/** A resource in the form that states and previews share; `place` names it in messages. */
export function fromState(value: unknown, place: string): PlannedResource {
  const state = asMap(value);
  if (typeof state?.urn !== "string" || typeof state.type !== "string") {
    throw new InputError(
      `${place}: has no urn and type; the file was changed by hand or is no Pulumi file.`,
    );
  }
  const parts = state.urn.split("::");
  return {
    type: state.type,
    name: parts.slice(3).join("::"),
    urn: state.urn,
    custom: state.custom !== false,
    props: maskSecrets(state.inputs ?? {}),
    outputs: maskSecrets(state.outputs),
    id: typeof state.id === "string" && state.id !== "" ? state.id : undefined,
    opts: {
      protect: state.protect === true,
      retainOnDelete: state.retainOnDelete === true,
      ignoreChanges: texts(state.ignoreChanges),
    },
    parent: typeof state.parent === "string" ? state.parent : undefined,
    provider: typeof state.provider === "string" ? state.provider : undefined,
    dependencies: texts(state.dependencies),
    propertyDependencies: linksOf(state.propertyDependencies),
    position: positionOf(state),
  };
}

/** The texts of a list; anything else holds none. */
export function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === "string")
    : [];
}

/** URNs by property. */
export function linksOf(value: unknown): Record<string, string[]> {
  const links = Object.entries(asMap(value) ?? {}).map(([key, urns]) => [key, texts(urns)]);
  return Object.fromEntries(links) as Record<string, string[]>;
}
