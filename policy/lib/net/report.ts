import { undecided, violation, type Report } from "../rule";
import type { Settings } from "../settings";
import { isInside, type Opening } from "./opening";
import type { PortRange, Protocol } from "./ports";
import { judgeSources } from "./sources";

/** Picks the ports of an opening a rule is about, by name; empty if none. */
export type PortFilter = (range: PortRange, protocol: Protocol) => string[];

/** Reports the openings that let the internet at large reach ports a rule is about. */
export function reportOpenings(
  openings: readonly Opening[],
  settings: Settings,
  filter: PortFilter,
): Report[] {
  return openings.flatMap((opening) => reportOpening(opening, settings, filter));
}

function reportOpening(opening: Opening, settings: Settings, filter: PortFilter): Report[] {
  if (opening.protocol === "other") return [];
  const { world, unknown } = judgeSources(opening.sources, settings);
  const doubtful = [...unknown.filter((source) => !isInside(source)), ...opening.listedElsewhere];
  if (!world && doubtful.length === 0) return [];
  const ports = opening.ports.flatMap((range) => filter(range, opening.protocol));
  if (ports.length === 0) return opening.unknownPorts.slice(0, 1).map(undecided);
  return world ? [violation(opening.at, openTo(ports))] : doubtful.slice(0, 1).map(undecided);
}

function openTo(ports: readonly string[]): string {
  const shown = ports.slice(0, 4).join(", ");
  const rest = ports.length > 4 ? ` and ${ports.length - 4} more` : "";
  return `anybody on the internet reaches port ${shown}${rest}`;
}
