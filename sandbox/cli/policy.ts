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
  const find = createRequire(path.join(folder, "package.json"));
  const runner = path.join(
    path.dirname(find.resolve("@pulumi/pulumi/package.json")),
    "cmd",
    "run-policy-pack",
  );
  const script = `#!/bin/sh\ncd "${folder}" && exec node "${runner}" "$1" .\n`;
  const digest = createHash("sha256").update(script).digest("hex").slice(0, 8);
  const file = path.join(project.sandbox.root, "policy", `${path.basename(folder)}-${digest}`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, script, { mode: 0o755 });
  }
  return file;
}

/** Portolan's own pack, on by default. */
export function builtInPack(portolan: string): string[] {
  const folder = path.join(portolan, "policy");
  return fs.existsSync(path.join(folder, "PulumiPolicy.yaml")) ? [folder] : [];
}
