import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "js-yaml";
import { projectFolder } from "../review/input/stack";
import { UsageError } from "./error";

/** The Pulumi project that a folder belongs to. */
export interface Project {
  readonly root: string;
  readonly name: string;
}

export function projectOf(from: string): Project {
  const root = projectFolder(from);
  if (root === undefined) {
    throw new UsageError(`${from}: no Pulumi.yaml here or above; name the folder with -C`);
  }
  const { name } = yaml.load(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string };
  return { root, name };
}
