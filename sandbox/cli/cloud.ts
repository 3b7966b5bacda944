import type { CloudObject, Store } from "../lib/store";
import { parsePath, withValue } from "../lib/paths";
import { isObject, Wrapped } from "../lib/values";
import type { Plain, Properties, Value } from "../lib/values";
import type { Arguments } from "./arguments";
import { plant } from "./planted";
import { findProject, openSandbox } from "./project";
import type { Project } from "./project";
import { allObjects, openStores, stackOf } from "./stores";

const USAGE = `bin/sandbox cloud <command>: look into the simulated cloud and tamper with it
  list [text]                    objects whose type, ID or name contains the text
  show <id> [--show-secrets]     one object: its ID, "<type> <id>", or its name in the program
  edit <id> <path>=<value> ...   change it behind the engine's back; a value is JSON or text, empty removes it
  rm <id>                        delete it behind the engine's back
  add <type> <id> [path=value]   plant an object that exists without any stack, e.g. a hosted zone`;

/** `bin/sandbox cloud ...`; resolves to the exit code. */
export function runCloud(args: Arguments): number {
  const project = findProject(args.cwd ?? ".");
  openSandbox(project);
  const stores = openStores(project);
  const [, command, ...rest] = args.words;
  if (command === "list") return list(stores, rest[0] ?? "", args.stack);
  if (command === "add") return add(project, rest);
  const [wanted, ...changes] = rest;
  if (wanted === undefined || !["show", "edit", "rm"].includes(command ?? "")) {
    console.log(USAGE);
    return command === undefined ? 0 : 2;
  }
  const { store, object } = findObject(stores, wanted);
  if (command === "rm") store.remove(object);
  else if (command === "edit") store.write(edited(object, changes));
  else console.log(JSON.stringify(shown(object, args.passed.includes("--show-secrets")), null, 2));
  if (command === "rm") console.log(`removed ${keyOf(object)} from the simulated cloud`);
  if (command === "edit") console.log(`changed ${keyOf(object)} in the simulated cloud`);
  return 0;
}

const keyOf = ({ type, id }: CloudObject): string => `${type} ${id}`;

/** By ID, by type and ID, or by the program's logical name, as long as it means one object. */
function findObject(
  stores: readonly Store[],
  wanted: string,
): { store: Store; object: CloudObject } {
  const all = stores.flatMap((store) => store.all().map((object) => ({ store, object })));
  const exact = all.filter(({ object }) => object.id === wanted || keyOf(object) === wanted);
  const found =
    exact.length > 0 ? exact : all.filter(({ object }) => object.urn.endsWith(`::${wanted}`));
  const [first, second] = found;
  if (first === undefined)
    throw new Error(`nothing in the simulated cloud is called "${wanted}"; see "cloud list"`);
  if (second === undefined) return first;
  throw new Error(
    `"${wanted}" means several objects: write "${keyOf(first.object)}" or "${keyOf(second.object)}"`,
  );
}

function list(stores: readonly Store[], text: string, stack: string | undefined): number {
  const objects = allObjects(stores).filter(
    (object) =>
      [object.type, object.id, object.urn].some((field) => field.includes(text)) &&
      (stack === undefined || stackOf(object) === stack),
  );
  for (const object of objects) {
    const owner =
      object.urn === "" ? "planted" : `${stackOf(object)} ${object.urn.split("::").at(-1)}`;
    console.log([object.type, object.id, owner].join("  "));
  }
  console.log(`${objects.length} objects in the simulated cloud`);
  return 0;
}

/** The object as a person may see it: secrets only when asked for. */
function shown(object: CloudObject, secrets: boolean): Plain {
  const open = (value: Value): Plain => {
    if (value instanceof Wrapped) return value.secret && !secrets ? "[secret]" : open(value.value);
    if (Array.isArray(value)) return value.map(open);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, open(item)]));
  };
  return { ...object, inputs: open(object.inputs), outputs: open(object.outputs) };
}

/** What is configurable changes in inputs and outputs, so that a refresh sees drift; what is computed, in outputs only. */
function edited(object: CloudObject, changes: readonly string[]): CloudObject {
  let { inputs, outputs } = object;
  if (changes.length === 0)
    throw new Error("cloud edit: say what to change, e.g. tags.Owner=somebody");
  for (const change of changes) {
    const [path, value] = assignment(change);
    const top = path[0] ?? "";
    if (top in inputs || !(top in outputs)) inputs = withValue(inputs, path, value) as Properties;
    outputs = withValue(outputs, path, value) as Properties;
  }
  return { ...object, inputs, outputs, updated: new Date().toISOString() };
}

function assignment(text: string): [string[], Value | undefined] {
  const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || value === undefined)
    throw new Error(`"${text}": a change is written <path>=<value>`);
  if (value === "") return [parsePath(path), undefined];
  try {
    return [parsePath(path), JSON.parse(value) as Value];
  } catch {
    return [parsePath(path), value];
  }
}

function add(project: Project, [type, id, ...changes]: readonly string[]): number {
  if (type === undefined || id === undefined)
    throw new Error("cloud add: a type and an ID are needed");
  let properties: Properties = {};
  for (const change of changes)
    properties = withValue(properties, ...assignment(change)) as Properties;
  if (!plant(project, { type, id, properties }))
    throw new Error(`cloud add: ${type} ${id} exists already`);
  console.log(`planted ${type} ${id} in the simulated cloud`);
  return 0;
}
