import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "./rule";

/** The folder of the rules. A rule is part of the pack by being there: one file each, `export const rule`. */
export const RULES_FOLDER = join(__dirname, "..", "rules");

let loaded: readonly Rule[] | undefined;

/** Every rule of the pack, by id. */
export function allRules(): readonly Rule[] {
  loaded ??= load();
  return loaded;
}

function load(): Rule[] {
  const rules = ruleFiles().map((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder is the list; import() is not synchronous
    const module = require(file) as { rule?: Rule };
    if (module.rule === undefined) throw new Error(`${file}: a rule file exports "rule"`);
    return module.rule;
  });
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Files that hold a rule: everything in the folder but fixtures and what starts with an underscore. */
export function ruleFiles(folder: string = RULES_FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ruleFiles(path);
    const isRule = /^[^_].*\.ts$/.test(entry.name) && !entry.name.endsWith(".fixtures.ts");
    return isRule ? [path] : [];
  });
}
