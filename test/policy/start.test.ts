import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import yaml from "js-yaml";
import { GOVERNANCE } from "../../policy/lib/governance";
import { allRules } from "../../policy/lib/rules";

const ROOT = path.resolve(__dirname, "../..");
const POLICY = path.join(ROOT, "policy");

interface Manifest {
  readonly main: string;
  readonly bin: string;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;

/** What a started pack says of itself. */
async function infoOf(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<AnalyzerInfo> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data) => resolve(String(data).trim()));
      child.once("exit", (code) => reject(new Error(`the pack ended with exit code ${code}`)));
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return await new Promise((resolve, reject) =>
      client.getAnalyzerInfo(new Empty(), (error, info) => {
        client.close();
        if (error === null) resolve(info);
        else reject(error);
      }),
    );
  } finally {
    child.kill();
  }
}

/** As the official language host starts the pack of a folder: the SDK's runner, found from that folder. */
function asOfficially(folder: string, env: NodeJS.ProcessEnv): Promise<AnalyzerInfo> {
  const find = createRequire(path.join(folder, "package.json"));
  return infoOf(
    [find.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", "."],
    folder,
    env,
  );
}

/** The settings are listed like a rule, so that the CLI hands them over. */
const LISTED = allRules().length + GOVERNANCE.length + 1;

test("the folder is a pack as the official CLI wants it", () => {
  const file = path.join(POLICY, "PulumiPolicy.yaml");
  const { runtime } = yaml.load(fs.readFileSync(file, "utf8")) as { runtime: { name: string } };
  expect(runtime.name).toBe("nodejs");
  const { main, bin } = manifestOf(POLICY);
  for (const entry of [main, bin]) expect(fs.existsSync(path.join(POLICY, entry))).toBe(true);
});

test("the pack's own packages are the project's, in the same versions", () => {
  const { dependencies, devDependencies } = manifestOf(POLICY);
  const find = createRequire(path.join(POLICY, "package.json"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const installed = manifestFileOf(find, name);
    expect([name, installed.version.replace(/^v/, "")]).toEqual([name, version]);
  }
});

/** A package's manifest, which not every package exports. */
function manifestFileOf(find: NodeJS.Require, name: string): { version: string } {
  const folder = (find.resolve.paths(name) ?? [])
    .map((place) => path.join(place, name))
    .find((place) => fs.existsSync(path.join(place, "package.json")));
  return JSON.parse(fs.readFileSync(path.join(folder ?? "", "package.json"), "utf8")) as {
    version: string;
  };
}

test.each(["true", "false"])(
  "the SDK's runner starts it, with TypeScript %s",
  async (typescript) => {
    const info = await asOfficially(POLICY, { PULUMI_NODEJS_TYPESCRIPT: typescript });
    expect(info.getName()).toBe("portolan");
    expect(info.getPoliciesList()).toHaveLength(LISTED);
  },
);

test("it starts by itself, too", async () => {
  const info = await infoOf([manifestOf(POLICY).bin, "127.0.0.1:1"], POLICY, {});
  expect(info.getPoliciesList()).toHaveLength(LISTED);
});

test("it stands on its own, with nothing installed but what its manifest names", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portolan-pack-"));
  try {
    const copy = path.join(folder, "policy");
    fs.cpSync(POLICY, copy, { recursive: true, filter: (name) => !name.includes("node_modules") });
    for (const name of Object.keys(manifestOf(copy).dependencies)) {
      const link = path.join(copy, "node_modules", name);
      fs.mkdirSync(path.dirname(link), { recursive: true });
      fs.symlinkSync(path.join(ROOT, "node_modules", name), link);
    }
    const info = await asOfficially(copy, {});
    expect(info.getPoliciesList()).toHaveLength(LISTED);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
