import type { Value } from "../value/value";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** Processors written as `2`, `"0.5"` or `"500m"`. */
export function processors(value: Value): number | undefined {
  const milli = /^\s*(\d+)m\s*$/.exec(value.text ?? "")?.[1];
  return milli === undefined ? value.number : Number(milli) / 1000;
}

/** Bytes written as `512Mi`, `1Gi`, `2G` or a plain number. */
export function bytes(value: Value): number | undefined {
  if (value.number !== undefined) return value.number;
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kKMGT]i?|)\s*$/.exec(value.text ?? "");
  const unit = UNITS[match?.[2] ?? "none"];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}
