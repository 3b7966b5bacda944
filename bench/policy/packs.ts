import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A policy pack that can be started. */
export interface Pack {
  readonly title: string;
  /** Arguments of node; the engine's address follows. */
  readonly args: readonly string[];
  readonly cwd: string;
}

const AWSGUARD = "0.3.1";

/** Portolan's own server with nothing to check. */
const BARE = `
  const { Pack } = require("./lib/serve/pack.ts");
  const about = { name: "bare", version: "1.0.0", description: "no rules" };
  require("./lib/serve/server.ts").serve(new Pack({ ...about, rules: [], exemptions: [] }));
`;

/** Writes a pack in the SDK's usual form. */
function write(folder: string, dependencies: object, source: string): void {
  fs.mkdirSync(folder, { recursive: true });
  const manifest = { name: path.basename(folder), version: "1.0.0", private: true, dependencies };
  fs.writeFileSync(
    path.join(folder, "package.json"),
    JSON.stringify({ ...manifest, main: "index.js" }),
  );
  fs.writeFileSync(path.join(folder, "index.js"), source);
}

/** As the SDK starts a pack. */
function ofSdk(title: string, folder: string, packages: string): Pack {
  const runner = path.join(packages, "@pulumi", "pulumi", "cmd", "run-policy-pack");
  return { title, args: [runner, "127.0.0.1:1", "."], cwd: folder };
}

/** The packs that are compared. awsguard brings an SDK of AWS with it, so it is installed here and not with the project. */
export function packs(
  root: string,
  scratch: string,
): Record<"empty" | "bare" | "portolan" | "awsguard", Pack> {
  const empty = path.join(scratch, "empty-pack");
  write(empty, {}, `new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });\n`);
  const awsguard = path.join(scratch, "awsguard");
  write(
    awsguard,
    { "@pulumi/awsguard": AWSGUARD },
    `new (require("@pulumi/awsguard").AwsGuard)({ all: "advisory" });\n`,
  );
  const packages = path.join(awsguard, "node_modules");
  if (!fs.existsSync(path.join(packages, "@pulumi", "awsguard"))) {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: awsguard,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return {
    empty: ofSdk("an empty pack", empty, path.join(root, "node_modules")),
    bare: {
      title: "Portolan's pack without rules",
      args: ["--require", "./transpile.js", "--eval", BARE, "127.0.0.1:1"],
      cwd: path.join(root, "policy"),
    },
    portolan: {
      title: "Portolan's pack",
      args: ["index.js", "127.0.0.1:1"],
      cwd: path.join(root, "policy"),
    },
    awsguard: ofSdk(`awsguard ${AWSGUARD}`, awsguard, packages),
  };
}
