import type { Settings } from "../settings";
import type { Value } from "../value/value";
import { contains, isWorld, parseRange, type AddressRange } from "./ranges";

/** Words by which clouds name every address. */
const ANYONE = new Set(["*", "any", "internet", "0.0.0.0", "all"]);

/** Every machine in Azure, or in one of its regions: anybody can rent one. */
const RENTED = /^azurecloud(\.|$)/;

const EVERYTHING: AddressRange = { family: 4, from: 0n, to: (1n << 32n) - 1n };

/** Who may connect. */
export interface SourceVerdict {
  /** True if the sources that are known are the internet at large. */
  readonly world: boolean;
  /** Sources that only the update will tell, or that are kept outside the plan. */
  readonly unknown: readonly Value[];
}

/** Judges address sources: CIDR ranges, single addresses, and a cloud's words for "everybody". */
export function judgeSources(sources: readonly Value[], settings: Settings): SourceVerdict {
  const allowed = settings.allowedCidrs.flatMap((text) => parseRange(text) ?? []);
  const ranges: AddressRange[] = [];
  const unknown: Value[] = [];
  for (const source of sources.flatMap((value) => value.each)) {
    if (source.unknown) unknown.push(source);
    const range = source.text === undefined ? undefined : readSource(source.text);
    if (range !== undefined && !allowed.some((inside) => contains(inside, range)))
      ranges.push(range);
  }
  return { world: isWorld(ranges), unknown };
}

function readSource(text: string): AddressRange | undefined {
  const word = text.trim().toLowerCase();
  return ANYONE.has(word) || RENTED.test(word) ? EVERYTHING : parseRange(text);
}
