import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "js-yaml";
import { stackSchema, type StackConfig } from "../config/schema";
import { projectFolder } from "../review/input/stack";
import { loadSystem } from "../systems/load";
import { UsageError } from "./error";
import type { SmokeRequest } from "./smoke";
import { loadSmokeList } from "./smoke-lists";
import type { StackFile } from "./stack-file";

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

/** The system's smoke list, made for this stack. */
export async function smokeRequests(file: StackFile): Promise<readonly SmokeRequest[]> {
  const stack = stackConfig(file);
  const system = await loadSystem(stack.system);
  const list = await loadSmokeList(stack.system);
  if (!system || !list) return [];
  return list({ stack, settings: system.settings.parse(stack.settings) });
}

/** The file's `portolan:` keys; the program itself has checked them when the stack was deployed. */
function stackConfig(file: StackFile): StackConfig {
  const given = Object.fromEntries(
    file.keys("portolan:").map((key) => [key.slice("portolan:".length), file.value(key)]),
  );
  // Encrypted values are of no use to smoke tests, and stay closed.
  const parsed = stackSchema.safeParse({ ...given, secrets: {} });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`portolan:${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}`);
}
