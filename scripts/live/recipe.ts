import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Short hash of files and folders: what is made from them is made anew when one changes. */
export function recipeOf(...places: readonly string[]): string {
  const digest = createHash("sha256");
  for (const file of places.flatMap(filesOf)) {
    digest.update(path.basename(file)).update(fs.readFileSync(file));
  }
  return digest.digest("hex").slice(0, 12);
}

function filesOf(place: string): string[] {
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => filesOf(path.join(place, name)));
}
