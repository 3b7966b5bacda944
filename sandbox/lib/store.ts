import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Seal } from "./seal";
import { plain } from "./values";
import type { Plain, Properties } from "./values";

/** An object of the simulated cloud: one JSON file. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  /** Who made it; empty for objects that a person planted. */
  readonly urn: string;
  /** Part of the place within which ID and name are unique, e.g. `123456789012/eu-central-1`. */
  readonly place: string;
  readonly created: string;
  readonly updated: string;
  /** What the program asked for, as last accepted. */
  readonly inputs: Properties;
  /** Full state, inputs included. */
  readonly outputs: Properties;
  /** Objects this one refers to. */
  readonly references: readonly Reference[];
  /** What the cloud alone knows of it, e.g. the deployments of a service: no part of any state. */
  readonly history?: Plain;
}

export interface Reference {
  readonly type: string;
  readonly id: string;
  readonly path: string;
  /** Whether the other object must stay while this one exists. */
  readonly holds: boolean;
}

/**
 * The simulated cloud of one package on disk: `<root>/<package>/<module.Type>/<id>.json`.
 * A file is written whole under another name and then renamed (or linked, when it must be new), so a killed process
 * leaves an object or none, and two processes cannot both create the same one.
 */
export class Store {
  readonly #folder: string;
  readonly #seal: Seal;
  #objects: Map<string, CloudObject> | undefined;

  constructor(root: string, packageName: string, seal: Seal) {
    this.#folder = path.join(root, packageName);
    this.#seal = seal;
  }

  /** Object by type, place and ID. Looks at the disk, because people and other stacks change it meanwhile. */
  get(type: string, place: string, id: string): CloudObject | undefined {
    return this.#read(this.#file(type, place, id));
  }

  /** All objects, read once per process and kept up to date with its own writes. */
  all(): readonly CloudObject[] {
    return [...this.#load().values()];
  }

  /** All objects of a type. */
  ofType(type: string): readonly CloudObject[] {
    return this.all().filter((object) => object.type === type);
  }

  /** Read everything again, after a look-up failed: another process may have made the object meanwhile. */
  reload(): void {
    this.#objects = undefined;
  }

  /** False when an object of this type, place and ID exists already. */
  create(object: CloudObject): boolean {
    const file = this.#file(object.type, object.place, object.id);
    const draft = this.#writeDraft(file, object);
    try {
      fs.linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      fs.rmSync(draft, { force: true });
    }
    this.#objects?.set(file, object);
    return true;
  }

  /**
   * Remember that an object is being made for a URN, until the engine has been told. If a creation is asked for again
   * while the token stands, the caller died unheard: the object is the same one, as with a cloud's client tokens.
   */
  leaveToken(urn: string, id: string): void {
    const file = this.#tokenFile(urn);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, id);
  }

  /** ID of an object whose creation the engine never heard of. */
  token(urn: string): string | undefined {
    const file = this.#tokenFile(urn);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  }

  /** The engine knows of the object. */
  dropToken(urn: string): void {
    fs.rmSync(this.#tokenFile(urn), { force: true });
  }

  write(object: CloudObject): void {
    const file = this.#file(object.type, object.place, object.id);
    fs.renameSync(this.#writeDraft(file, object), file);
    this.#objects?.set(file, object);
  }

  remove(object: CloudObject): void {
    const file = this.#file(object.type, object.place, object.id);
    fs.rmSync(file, { force: true });
    this.#objects?.delete(file);
  }

  #load(): Map<string, CloudObject> {
    if (this.#objects !== undefined) return this.#objects;
    this.#objects = new Map();
    for (const folder of list(this.#folder)) {
      for (const name of list(path.join(this.#folder, folder))) {
        if (!name.endsWith(".json")) continue;
        const file = path.join(this.#folder, folder, name);
        const object = this.#read(file);
        if (object !== undefined) this.#objects.set(file, object);
      }
    }
    return this.#objects;
  }

  #read(file: string): CloudObject | undefined {
    let text: string;
    try {
      text = fs.readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    const json = JSON.parse(text) as Plain;
    return {
      ...json,
      inputs: this.#seal.open(json.inputs),
      outputs: this.#seal.open(json.outputs),
    } as CloudObject;
  }

  #writeDraft(file: string, object: CloudObject): string {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.tmp`;
    const json = {
      ...object,
      inputs: this.#seal.close(object.inputs),
      outputs: this.#seal.close(object.outputs),
    };
    fs.writeFileSync(draft, `${JSON.stringify(json, null, 2)}\n`, { mode: 0o600 });
    return draft;
  }

  #tokenFile(urn: string): string {
    const digest = createHash("sha256").update(urn).digest("hex").slice(0, 24);
    return path.join(this.#folder, "unheard", `${digest}.token`);
  }

  #file(type: string, place: string, id: string): string {
    const [, module = "", name = ""] = /^[^:]+:([^:/]+)[^:]*:(.+)$/.exec(type) ?? [];
    return path.join(this.#folder, `${module}.${name}`, `${fileName(place, id)}.json`);
  }
}

/** Readable where it can be, always unique. */
function fileName(place: string, id: string): string {
  const readable = id.replace(/[^\w.-]+/g, "_").slice(0, 80);
  const digest = createHash("sha256").update(`${place}\n${id}`).digest("hex").slice(0, 10);
  return `${readable}.${digest}`;
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Whether an output of the object, or its ID, has this value. */
export function matches(object: CloudObject, by: string | undefined, value: string): boolean {
  return by === undefined ? object.id === value : plain(object.outputs[by]) === value;
}
