import { undecided, violation, type Report } from "../rule";
import type { Settings } from "../settings";
import { isInside, isRefused, type Opening } from "./opening";
import type { PortRange, Protocol } from "./ports";
import { judgeSources } from "./sources";
import type { Value } from "../value/value";

/** Ports a rule is about, within an opening. */
export interface Hit extends PortRange {
  /** How to call them, for example `5432 (PostgreSQL)`. */
  readonly label: string;
}

/** Picks the ports of an opening a rule is about; empty if none. */
export type PortFilter = (range: PortRange, protocol: Protocol) => Hit[];

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
  const hits = opening.ports
    .flatMap((range) => filter(range, opening.protocol))
    .filter((hit) => !isRefused(opening, hit));
  if (hits.length === 0) return opening.unknownPorts.slice(0, 1).map(undecided);
  return world ? [violation(opening.at, openTo(hits))] : doubtful.slice(0, 1).map(cannotTell);
}

/** A list that is kept outside the plan will not be known after the update either. */
function cannotTell(source: Value): Report {
  const report = undecided(source);
  if (source.unknown) return report;
  return { ...report, message: `cannot tell: what ${source.path} names is kept outside the plan` };
}

function openTo(hits: readonly Hit[]): string {
  const labels = [...new Set(hits.map((hit) => hit.label))];
  const shown = labels.slice(0, 4).join(", ");
  const rest = labels.length > 4 ? ` and ${labels.length - 4} more` : "";
  return `anybody on the internet reaches port ${shown}${rest}`;
}
