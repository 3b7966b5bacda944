/** Longest text that is shown of a value. */
const LONGEST = 120;

/** Most places of one property that are told apart. */
const MOST = 8;

const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** What the engine writes for a value that only the update knows. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value before and after, as texts on one line and without secrets. */
export interface Shown {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * How a property changed. Lists, objects and JSON texts are told apart place by place, so that a reader
 * sees the tag of an image and not a page of container definitions.
 */
export function showChange(path: string, before: unknown, after: unknown): Shown[] {
  const [one, other] = [parsed(before), parsed(after)];
  if (!isTree(one) || !isTree(other)) return [show(path, before, after)];
  const [was, is] = [leaves(one), leaves(other)];
  const places = [...new Set([...was.keys(), ...is.keys()])].filter(
    (place) => textOf(was.get(place)) !== textOf(is.get(place)),
  );
  if (places.length === 0 || places.length > MOST) return [show(path, before, after)];
  return places.map((place) => show(`${path}${place}`, was.get(place), is.get(place)));
}

function show(path: string, before: unknown, after: unknown): Shown {
  return {
    path,
    ...(before === undefined ? {} : { before: textOf(before) }),
    ...(after === undefined ? {} : { after: textOf(after) }),
  };
}

const isTree = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(SECRET_MARK in value);

function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Single values by their place: `[0].image`, `.Statement[1].Action[0]`. */
function leaves(value: unknown, place = "", found = new Map<string, unknown>()) {
  if (!isTree(value)) found.set(place, value);
  else if (Array.isArray(value)) {
    value.forEach((item, index) => leaves(item, `${place}[${index}]`, found));
  } else {
    for (const [key, item] of Object.entries(value)) leaves(item, `${place}.${key}`, found);
  }
  return found;
}

function textOf(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null && SECRET_MARK in value) return "[secret]";
  if (value === UNKNOWN) return "[known after the update]";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(UNKNOWN, "[known after the update]").replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
