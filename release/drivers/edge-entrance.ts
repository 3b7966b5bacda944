import { CANDIDATE_HEADER } from "../../components/held-traffic";
import type { Entrance } from "../driver";
import type { Stack } from "../stack";

/**
 * The way to a candidate through the edge, where one of its rules (of this type) asks for the header
 * with the service's name; undefined where none does.
 */
export function edgeEntrance(
  stack: Stack,
  rule: string,
  service: string,
  host: string,
): Entrance | undefined {
  const url = `https://${host}`;
  // A host is changed in place: it is tried where everybody uses it.
  if (stack.components("DockerHost").includes(service)) return { url, headers: {}, edge: true };
  const isRouted = stack.resources.some(
    ({ type, inputs }) =>
      type === rule && JSON.stringify(inputs.conditions ?? []).includes(`["${service}"]`),
  );
  return isRouted ? { url, headers: { [CANDIDATE_HEADER]: service }, edge: true } : undefined;
}
