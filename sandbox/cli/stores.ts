import * as fs from "node:fs";
import { Seal } from "../lib/seal";
import { Store } from "../lib/store";
import type { CloudObject } from "../lib/store";
import type { Project } from "./project";

/** Every package's part of a project's simulated cloud. */
export function openStores(project: Project): Store[] {
  const seal = new Seal(fs.readFileSync(project.sandbox.passphraseFile, "utf8").trim());
  return fs
    .readdirSync(project.sandbox.cloud, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => new Store(project.sandbox.cloud, entry.name, seal));
}

/** Objects of all packages, in a steady order. */
export function allObjects(stores: readonly Store[]): CloudObject[] {
  const objects = stores.flatMap((store) => store.all());
  return objects.sort((a, b) => compare(a.type, b.type) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Stack in the URN of an object. */
export function stackOf(object: CloudObject): string {
  return /^urn:pulumi:([^:]+)::/.exec(object.urn)?.[1] ?? "";
}
