import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Project } from "./project";

/**
 * What `--policy-pack` gets for a pack's folder. A language host that was built here cannot start a folder; the engine
 * also takes an executable, which it calls with its address.
 */
export function policyPackArgument(project: Project, pack: string, official: boolean): string {
  const folder = path.resolve(pack);
  if (official || !fs.existsSync(path.join(folder, "PulumiPolicy.yaml"))) return pack;
  const script = `#!/bin/sh\ncd "${folder}" && exec node ${startOf(folder)}\n`;
  const digest = createHash("sha256").update(script).digest("hex").slice(0, 8);
  const file = path.join(project.sandbox.root, "policy", `${path.basename(folder)}-${digest}`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, script, { mode: 0o755 });
  }
  return file;
}

/**
 * What node is started with. A pack whose package has an executable serves itself; others are a module for the SDK's
 * runner, which takes half a second more to start.
 */
function startOf(folder: string): string {
  const manifest = path.join(folder, "package.json");
  const { bin } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { bin?: unknown };
  if (typeof bin === "string") return `"${path.join(folder, bin)}" "$1"`;
  const sdk = path.dirname(createRequire(manifest).resolve("@pulumi/pulumi/package.json"));
  return `"${path.join(sdk, "cmd", "run-policy-pack")}" "$1" .`;
}

/** Portolan's own pack, on by default. */
export function builtInPack(portolan: string): string[] {
  const folder = path.join(portolan, "policy");
  return fs.existsSync(path.join(folder, "PulumiPolicy.yaml")) ? [folder] : [];
}
