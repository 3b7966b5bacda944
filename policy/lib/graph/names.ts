import type { Resource } from "../resource";

/**
 * Which of some resources a text names: the one whose physical name or id ends it, else the only one whose names are not
 * known. The text comes from a property that was made from these resources.
 */
export function namedBy(text: string, candidates: readonly Resource[]): Resource | undefined {
  if (candidates.length === 0) return undefined;
  const last = text.split(/[/:]/).at(-1) ?? text;
  const byName = candidates.filter((candidate) => namesOf(candidate).includes(last));
  if (byName.length > 0) return byName.length === 1 ? byName[0] : undefined;
  const nameless = candidates.filter((candidate) => namesOf(candidate).length === 0);
  return nameless.length === 1 ? nameless[0] : undefined;
}

function namesOf(resource: Resource): string[] {
  const names = [resource.outputs, resource.props].flatMap((properties) =>
    properties.entries
      .filter(([key]) => key === "name" || key.endsWith("Name"))
      .flatMap(([, value]) => value.text ?? []),
  );
  return resource.id === undefined ? names : [...names, resource.id];
}
