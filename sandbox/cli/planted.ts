import * as fs from "node:fs";
import * as path from "node:path";
import * as yaml from "js-yaml";
import { Seal } from "../lib/seal";
import { Store } from "../lib/store";
import type { CloudObject } from "../lib/store";
import type { Properties } from "../lib/values";
import type { Project } from "./project";

/** One thing that stands in the cloud before any stack does. */
interface Planted {
  /** Type token, e.g. `aws:route53/zone:Zone`. */
  type: string;
  id: string;
  /** What the cloud would tell of it. */
  properties?: Properties;
}

/**
 * Plant what the project's `sandbox.yaml` names: things an operator has made by hand and a stack only refers to, such as
 * an existing secret. What is there already stays as it is.
 */
export function plantObjects(project: Project): void {
  const file = path.join(project.folder, "sandbox.yaml");
  if (!fs.existsSync(file)) return;
  const list = yaml.loadAll(fs.readFileSync(file, "utf8"))[0] ?? [];
  if (!Array.isArray(list)) throw new Error(`${file}: write a list of objects with type and id`);
  for (const [index, entry] of (list as Partial<Planted>[]).entries()) {
    const { type, id, properties = {} } = entry;
    if (typeof type !== "string" || typeof id !== "string") {
      throw new Error(`${file}: [${index}]: "type" and "id" are needed`);
    }
    plant(project, { type, id, properties });
  }
}

/** False when it exists already. */
export function plant(project: Project, { type, id, properties = {} }: Planted): boolean {
  const seal = new Seal(fs.readFileSync(project.sandbox.passphraseFile, "utf8").trim());
  const now = new Date().toISOString();
  const object: CloudObject = {
    ...{ type, id, urn: "", place: "", created: now, updated: now },
    ...{ inputs: properties, outputs: properties, references: [] },
  };
  return new Store(project.sandbox.cloud, type.split(":")[0] ?? "", seal).create(object);
}
