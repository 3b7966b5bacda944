import { isObject, secret, Wrapped } from "./values";
import type { Value } from "./values";

/** `a.b[0]["x.y"]` -> ["a", "b", "0", "x.y"]; `*` stands for any key or index. */
export function parsePath(path: string): string[] {
  const parts: string[] = [];
  const token = /\["((?:[^"\\]|\\.)*)"\]|\[([^\]]+)\]|([^.[\]]+)/g;
  for (const match of path.matchAll(token)) parts.push(match[1] ?? match[2] ?? match[3] ?? "");
  return parts;
}

/** ["a", "0", "x.y"] -> `a[0]["x.y"]`, the notation of the engine's detailed diffs. */
export function formatPath(parts: readonly string[]): string {
  return parts.reduce((path, part, index) => {
    if (/^\d+$/.test(part)) return `${path}[${part}]`;
    if (!/^[\w$-]+$/.test(part)) return `${path}["${part.replaceAll('"', '\\"')}"]`;
    return index === 0 ? part : `${path}.${part}`;
  }, "");
}

/** Every value a path with wildcards selects, without its wrapper. */
export function select(root: Value | undefined, path: string): Value[] {
  let found: Value[] = root === undefined ? [] : [root];
  for (const part of parsePath(path)) {
    found = found.flatMap((item) => children(item, part));
  }
  return found.map((item) => (item instanceof Wrapped ? item.value : item));
}

function children(item: Value, part: string): Value[] {
  const value = item instanceof Wrapped ? item.value : item;
  if (Array.isArray(value)) {
    if (part === "*") return [...value];
    const one = value[Number(part)];
    return one === undefined ? [] : [one];
  }
  if (isObject(value)) {
    if (part === "*") return Object.values(value);
    const one = value[part];
    return one === undefined ? [] : [one];
  }
  return [];
}

/** Whether a change at `parts` touches the path pattern: one is a prefix of the other. */
export function touches(pattern: string, parts: readonly string[]): boolean {
  const wanted = parsePath(pattern);
  const length = Math.min(wanted.length, parts.length);
  for (let index = 0; index < length; index++) {
    if (wanted[index] !== "*" && wanted[index] !== parts[index]) return false;
  }
  return true;
}

/** A copy with one value set or, for undefined, taken out; the way there is made. A secret stays secret. */
export function withValue(
  around: Value | undefined,
  path: readonly string[],
  value: Value | undefined,
): Value | undefined {
  const [key, ...rest] = path;
  if (around instanceof Wrapped) {
    const inner = withValue(around.value, path, value);
    return inner === undefined ? undefined : secret(inner);
  }
  if (key === undefined) return value;
  if (Array.isArray(around)) {
    return around.flatMap((item, index) =>
      String(index) === key ? (withValue(item, rest, value) ?? []) : [item],
    );
  }
  const object = isObject(around) ? around : {};
  const item = withValue(object[key], rest, value);
  const others = Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  return item === undefined ? others : { ...others, [key]: item };
}
