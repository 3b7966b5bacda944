import fs from "node:fs";
import { pageOf } from "../../compatibility/page";
import { RESULTS } from "../../compatibility/places";
import type { Run } from "../../compatibility/result";

export const target = "docs/compatibility.md";

/** The page of what public programs came to in the sandbox, from the last run over all of them. */
export function render(): string {
  return pageOf(JSON.parse(fs.readFileSync(RESULTS, "utf8")) as Run);
}
