import * as fs from "node:fs";
import * as path from "node:path";
import { parsePath } from "../lib/paths";
import type { Plain } from "../lib/values";
import { findProject, openSandbox } from "./project";
import type { Project } from "./project";
import type { Arguments } from "./arguments";

/** An object's file of the simulated cloud, as JSON: secrets stay sealed. */
interface Entry {
  readonly file: string;
  readonly json: { [key: string]: Plain } & { type: string; id: string; urn: string };
}

const USAGE =
  "cloud list [filter] | cloud show <id> | cloud edit <id> <path>=<value>... | cloud rm <id>";

/** `bin/sandbox cloud ...`: look into the simulated cloud and tamper with it behind the engine's back. */
export function runCloud(args: Arguments): number {
  const project = findProject(path.resolve(args.cwd ?? "."));
  openSandbox(project);
  const [, action = "", ...words] = args.words;
  const [id, ...rest] = words;
  if (action === "list") return list(project, id);
  if (id === undefined) throw new Error(`${USAGE}: the ${action ? "id" : "action"} is missing`);
  const entry = find(project, id);
  if (action === "show") console.log(JSON.stringify(masked(entry.json), null, 2));
  else if (action === "edit") edit(entry, rest);
  else if (action === "rm") fs.rmSync(entry.file);
  else throw new Error(`cloud ${action} is not known; use ${USAGE}`);
  return 0;
}

/** Every object of the simulated cloud, sorted by type and ID. */
export function cloudEntries(project: Project): Entry[] {
  const folder = project.sandbox.cloud;
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && name.split(path.sep).length === 3)
    .map((name) => {
      const file = path.join(folder, name);
      return { file, json: JSON.parse(fs.readFileSync(file, "utf8")) as Entry["json"] };
    })
    .sort((a, b) => key(a).localeCompare(key(b)));
}

const key = ({ json }: Entry): string => `${json.type} ${json.id}`;

function list(project: Project, filter = ""): number {
  const entries = cloudEntries(project).filter((entry) => key(entry).includes(filter));
  const rows = entries.map(({ json }) => [json.type, json.id, json.urn.split("::").at(-1) ?? ""]);
  const width = (column: number): number =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  for (const [type = "", id = "", name = ""] of rows) {
    console.log(`${type.padEnd(width(0))}  ${id.padEnd(width(1))}  ${name || "(planted)"}`);
  }
  console.log(`${rows.length} objects in the simulated cloud`);
  return 0;
}

/** By ID, by type and ID, or by the program's logical name, as long as it means one object. */
function find(project: Project, wanted: string): Entry {
  const entries = cloudEntries(project);
  const found = entries.filter((entry) => entry.json.id === wanted || key(entry) === wanted);
  const named = entries.filter(({ json }) => json.urn.endsWith(`::${wanted}`));
  const [entry, another] = found.length > 0 ? found : named;
  if (!entry) throw new Error(`no object ${wanted} in the simulated cloud; see cloud list`);
  if (another) {
    throw new Error(`${wanted} means several objects; write "${key(entry)}" or "${key(another)}"`);
  }
  return entry;
}

/** Changes what the cloud has, not what the program asked for: the next refresh finds the drift. */
function edit({ file, json }: Entry, changes: readonly string[]): void {
  if (changes.length === 0) throw new Error(`${USAGE}: say what to change, e.g. tags.team=blue`);
  for (const change of changes) {
    const [where = "", text] = split(change);
    if (text === undefined) throw new Error(`${change}: write <path>=<value>`);
    const parts = parsePath(where);
    const last = parts.pop();
    if (last === undefined) throw new Error(`${change}: the path is missing`);
    let target = json["outputs"] as Record<string, Plain>;
    for (const part of parts) {
      const next = target[part];
      if (typeof next !== "object" || next === null)
        throw new Error(`${where}: there is no ${part}`);
      target = next as Record<string, Plain>;
    }
    target[last] = parse(text);
  }
  const draft = `${file}.tmp`;
  fs.writeFileSync(draft, `${JSON.stringify(json, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
}

function split(change: string): [string, string | undefined] {
  const at = change.indexOf("=");
  return at < 0 ? [change, undefined] : [change.slice(0, at), change.slice(at + 1)];
}

/** JSON where it is JSON, text otherwise. */
function parse(text: string): Plain {
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return text;
  }
}

/** The sealed form of a secret is no use to a reader. */
function masked(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  if ("$sealed" in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(item)]));
}
