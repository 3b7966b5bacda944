import { execFileSync } from "node:child_process";
import path from "node:path";
import type { Resource } from "./resources";
import { resourcesOf } from "./resources";

export const ROOT = path.resolve(__dirname, "..");
export const SANDBOX = path.join(ROOT, "bin", "sandbox");
/** Generated programs, packs and what they keep: git-ignored. */
export const SCRATCH = path.join(ROOT, ".portolan", "bench");
export const STACK = "bench";

/** Arguments that preview the measured system: LatticePolicy's staging stack on AWS. */
export const PREVIEW = [
  ...["preview", "--stack", STACK],
  ...["--config-file", path.join(ROOT, "Pulumi.staging.yaml")],
];

/** The resources of the system as its own preview tells them. */
export function previewed(): Resource[] {
  const text = execFileSync(SANDBOX, [...PREVIEW, "--no-policy", "--json"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return resourcesOf(JSON.parse(text));
}

/** Removes the stack that the previews have left. */
export function tidy(): void {
  execFileSync(SANDBOX, ["stack", "rm", STACK, "--yes"], { cwd: ROOT, stdio: "ignore" });
}
