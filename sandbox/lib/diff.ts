import { formatPath, touches } from "./paths";
import { hasExplicitName } from "./naming";
import type { TypeTable } from "./table";
import { isObject, plain, sameValue, UNKNOWN, Wrapped } from "./values";
import type { Properties, Value } from "./values";

/** One changed path. */
export interface Change {
  path: readonly string[];
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

/** What changed between two sets of inputs and what that means for the resource. */
export interface Difference {
  changes: readonly Change[];
  replaces: boolean;
  deleteBeforeReplace: boolean;
}

/** Compare old and new inputs the way a bridged provider would show it. */
export function difference(
  table: TypeTable,
  packageReplaceOn: readonly string[],
  olds: Properties,
  news: Properties,
): Difference {
  const found: Omit<Change, "replaces">[] = [];
  const context = { table, found };
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (key.startsWith("__")) continue;
    compare(context, [key], olds[key], news[key]);
  }
  const patterns = [...(table.replaceOn ?? []), ...packageReplaceOn];
  if (table.name) patterns.push(table.name.property, table.name.prefixProperty ?? "");
  const changes = found.map((change) => ({
    ...change,
    replaces: patterns.some((pattern) => pattern !== "" && touches(pattern, change.path)),
  }));
  const replaces = changes.some((change) => change.replaces);
  return { changes, replaces, deleteBeforeReplace: replaces && goesFirst(table, olds, news) };
}

/** The old one goes first where the type says so, or where both would carry the same explicit name. */
function goesFirst(table: TypeTable, olds: Properties, news: Properties): boolean {
  if (table.deleteBeforeReplace === true) return true;
  if (table.name === undefined || table.name.shared === true) return false;
  const { property } = table.name;
  return hasExplicitName(table.name, news) && sameValue(olds[property], news[property]);
}

interface Context {
  table: TypeTable;
  found: Omit<Change, "replaces">[];
}

function compare(
  context: Context,
  path: string[],
  old: Value | undefined,
  now: Value | undefined,
): void {
  const a = old instanceof Wrapped ? old.value : old;
  const b = now instanceof Wrapped ? now.value : now;
  if (a === undefined && b === undefined) return;
  if (a === undefined || a === null) {
    if (b !== undefined && b !== null) context.found.push({ path, kind: "add" });
    return;
  }
  if (b === undefined || b === null) {
    context.found.push({ path, kind: "delete" });
    return;
  }
  if (b === UNKNOWN || a === UNKNOWN) {
    context.found.push({ path, kind: "update" });
    return;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    compareLists(context, path, a, b);
    return;
  }
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      compare(context, [...path, key], a[key], b[key]);
    }
    return;
  }
  if (a !== b && !sameJson(context.table, path, a, b)) context.found.push({ path, kind: "update" });
}

function compareLists(
  context: Context,
  path: string[],
  a: readonly Value[],
  b: readonly Value[],
): void {
  if (isSet(context.table, path)) {
    const order = (list: readonly Value[]) =>
      list.map((item) => JSON.stringify(plain(item))).sort();
    if (!b.includes(UNKNOWN) && order(a).join() === order(b).join()) return;
  }
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    compare(context, [...path, String(index)], a[index], b[index]);
  }
}

function isSet(table: TypeTable, path: readonly string[]): boolean {
  return (table.sets ?? []).some((pattern) => touches(pattern, path));
}

function sameJson(table: TypeTable, path: readonly string[], a: Value, b: Value): boolean {
  if (typeof a !== "string" || typeof b !== "string") return false;
  if (!(table.json ?? []).some((pattern) => touches(pattern, path))) return false;
  try {
    return sameValue(JSON.parse(a) as Value, JSON.parse(b) as Value);
  } catch {
    return false; // Not JSON: then the texts differ.
  }
}

/** Notation of the engine for a changed path. */
export function pathOf(change: Change): string {
  return formatPath(change.path);
}
