import { readFileSync } from "node:fs";
import { InputError } from "./problem";

/** Text of an input file; `-` is the standard input. */
export function readText(file: string): string {
  try {
    // The byte order mark is what some shells put before redirected output.
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "this is a folder"
          : String(code);
    throw new InputError(
      `${file}: cannot be read (${why}); name a JSON file, or - for the standard input.`,
    );
  }
}

/** Parses an input as JSON; `remedy` says how to make a good one. */
export function parseJson(text: string, file: string, remedy: string): unknown {
  if (text.trim() === "") throw new InputError(`${file}: is empty; ${remedy}.`);
  try {
    return JSON.parse(text);
  } catch {
    const isTruncated = /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text);
    const what = isTruncated ? "ends in the middle: it is truncated" : "is not JSON";
    throw new InputError(`${file}: ${what}; ${remedy}.`);
  }
}

/** The value as a map, or undefined. */
export function asMap(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
