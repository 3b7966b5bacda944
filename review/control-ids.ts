import type { Rule } from "../policy/lib/rule";
import { InputError } from "./input/problem";

/** Control ids of a rule with the catalogue they are from: `NIST-SC-7`, `CIS-4.4`. */
export function controlIds(controls: Rule["controls"]): string[] {
  return [...controls.nist.map((id) => `NIST-${id}`), ...controls.cis.map((id) => `CIS-${id}`)];
}

/** Turns what a person types into an id: `sc-7` and `nist sc-7` mean `NIST-SC-7`, `cis 4.4` means `CIS-4.4`. */
export function parseControl(text: string, known: readonly string[]): string {
  const plain = text
    .trim()
    .toUpperCase()
    .replace(/[\s_]+/g, "-");
  const id = /^(NIST|CIS)-/.test(plain)
    ? plain
    : /^\d/.test(plain)
      ? `CIS-${plain}`
      : `NIST-${plain}`;
  if (known.some((control) => isCovered(control, id))) return id;
  const sorted = [...new Set(known)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  throw new InputError(
    `--control ${text}: no rule has this control; known are ${sorted.join(", ")}.`,
  );
}

/** True for the control itself and its enhancements: `NIST-SC-8(1)` belongs to `NIST-SC-8`. */
export function isCovered(control: string, wanted: string): boolean {
  return control === wanted || control.startsWith(`${wanted}(`);
}
