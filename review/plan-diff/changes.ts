import { asMap, parseJson } from "../input/json-file";
import { isEngineResource } from "../input/plan";
import { InputError } from "../input/problem";
import { maskSecrets } from "../input/secrets";
import { holdsData } from "./stateful";
import { showChange, type Shown } from "./value";

/** What happens to a resource. */
export type Kind = "deleted" | "replaced" | "updated" | "created";

/** Worst first: the order of every output. */
export const KINDS: readonly Kind[] = ["deleted", "replaced", "updated", "created"];

/** One property of a changed resource. */
export interface PropertyChange extends Shown {
  /** Its change alone replaces the resource. */
  readonly replaces: boolean;
}

/** One resource that the head would change. */
export interface Change {
  readonly kind: Kind;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** True where data is lost with the resource. */
  readonly data: boolean;
  readonly properties: readonly PropertyChange[];
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  "create-replacement": "replaced",
  import: "created",
  discard: "deleted",
};

/** Reads the steps of `pulumi preview --json`: one change per resource, components left out. */
export function readChanges(text: string, source: string): Change[] {
  const content = asMap(parseJson(text, source, "run the preview again"));
  if (!Array.isArray(content?.steps)) {
    throw new InputError(
      `${source}: has no steps; this is a preview of another version of Pulumi.`,
    );
  }
  const byUrn = new Map<string, Change>();
  for (const step of content.steps.map(asMap)) {
    const kind = KIND_OF[String(step?.op)];
    const state = asMap(step?.newState) ?? asMap(step?.oldState);
    if (step === undefined || kind === undefined || typeof state?.urn !== "string") continue;
    const type = String(state.type);
    if (isEngineResource(type) || state.custom === false) continue;
    const { urn } = state;
    const known = byUrn.get(urn);
    // A replacement comes in several steps; the one with properties says most.
    if (known && known.properties.length > 0) continue;
    byUrn.set(urn, {
      kind,
      urn,
      type,
      name: urn.slice(urn.lastIndexOf("::") + 2),
      data: holdsData(type),
      properties: kind === "created" || kind === "deleted" ? [] : propertiesOf(step),
    });
  }
  return [...byUrn.values()].sort(byDanger);
}

/** Lost data first, then by what happens, then by name. */
function byDanger(a: Change, b: Change): number {
  const rank = ({ kind, data }: Change): number =>
    (data && (kind === "deleted" || kind === "replaced") ? 0 : 10) + KINDS.indexOf(kind);
  return rank(a) - rank(b) || a.name.localeCompare(b.name) || a.type.localeCompare(b.type);
}

function propertiesOf(step: Record<string, unknown>): PropertyChange[] {
  const before = maskSecrets(asMap(step.oldState)?.inputs);
  const after = maskSecrets(asMap(step.newState)?.inputs);
  const reasons = new Set(Array.isArray(step.replaceReasons) ? step.replaceReasons : []);
  const detailed = Object.entries(asMap(step.detailedDiff) ?? {});
  const paths: [string, boolean][] =
    detailed.length > 0
      ? detailed.map(([path, entry]) => [path, String(asMap(entry)?.kind).endsWith("replace")])
      : [...new Set([...texts(step.diffReasons), ...texts(step.replaceReasons)])].map((path) => [
          path,
          reasons.has(path),
        ]);
  return paths
    .flatMap(([path, replaces]) =>
      showChange(path, at(before, path), at(after, path)).map((each) => ({ ...each, replaces })),
    )
    .sort((a, b) => Number(b.replaces) - Number(a.replaces) || a.path.localeCompare(b.path));
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** The value at a property path such as `tags.owner`, `rules[0].port` or `labels["a.b"]`. */
function at(value: unknown, path: string): unknown {
  let here = value;
  for (const [, key, index, quoted] of path.matchAll(
    /([^.[\]]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g,
  )) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key ?? index ?? quoted ?? ""];
  }
  return here;
}
