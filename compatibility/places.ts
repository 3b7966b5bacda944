import path from "node:path";

/** Portolan itself. */
export const ROOT = path.resolve(__dirname, "..");

/** What the last run over a whole folder has seen; docs/compatibility.md is made from it. */
export const RESULTS = path.join(ROOT, "docs/measured/compatibility.json");
