import fs from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";

/** Writes a page of this folder, formatted as every other file, and shows it. */
export async function writePage(name: string, text: string): Promise<void> {
  const file = path.join(__dirname, name);
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
  fs.writeFileSync(file, formatted);
  console.log(formatted);
}

/** The date of a run. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
