import fs from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import type { Program } from "./programs";

interface Settings {
  /** What every program gets. */
  readonly all: Readonly<Record<string, unknown>>;
  /** What one program asks for beyond its template's defaults. */
  readonly programs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Programs that are left alone, and why. */
  readonly leftAlone: Readonly<Record<string, string>>;
}

const SETTINGS = load(fs.readFileSync(path.join(__dirname, "settings.yaml"), "utf8")) as Settings;

/** Stack configuration for a program: everybody's, then its template's defaults, then its own. */
export function settingsOf({ name, template }: Program): Record<string, unknown> {
  const defaults = Object.entries(template).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { ...SETTINGS.all, ...Object.fromEntries(defaults), ...SETTINGS.programs[name] };
}

/** Why a program is left alone although everything it needs is here. */
export function leftAlone({ name }: Program): string | undefined {
  return SETTINGS.leftAlone[name];
}
