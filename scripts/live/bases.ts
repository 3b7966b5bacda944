import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { which } from "../toolchain/path.js";
import { followed, hasImage, importImage, type Entry } from "./import";
import { pythonFiles } from "./python";
import { recipeOf } from "./recipe";

const ROOT = path.resolve(__dirname, "../..");
/** Packages the stand-ins import; what these need comes along. */
const PACKAGES = ["pg", "ws"];

/**
 * What stand-ins start from, each under the tag `portolan-live/<name>:stand-in`: Node.js of this
 * machine with the libraries it needs, and these programs. Most have not even a shell.
 */
const BASES: Readonly<Record<string, readonly string[]>> = {
  node: [],
  shell: ["sh", "cat", "grep", "seq", "sleep", "tr"],
  python: ["python3"],
};

/** Reference under which the Dockerfiles of the stand-ins find a base. */
export const baseOf = (name: string): string => `portolan-live/${name}:stand-in`;

/** Makes bases that are not there yet: these, or all. */
export async function ensureBases(
  docker: Docker,
  progress: Progress,
  names: readonly string[] = Object.keys(BASES),
): Promise<void> {
  const version = `${recipeOf(__filename)}-${process.versions.node}`;
  for (const name of names) {
    const programs = BASES[name] ?? [];
    const reference = `portolan-live/${name}:${version}`;
    if (!(await hasImage(docker, reference))) {
      const step = progress.step(`Making the base image ${name} of the stand-ins`);
      if (process.platform === "linux") await importBase(docker, reference, programs);
      else {
        const official = `node:${process.versions.node}-alpine`;
        await followed(docker, await docker.pull(official));
        await retag(docker, official, reference);
      }
      step.done();
    }
    await retag(docker, reference, baseOf(name));
  }
}

async function retag(docker: Docker, from: string, to: string): Promise<void> {
  const [repo, tag] = to.split(":");
  await docker.getImage(from).tag({ repo: repo ?? "", tag: tag ?? "" });
}

async function importBase(
  docker: Docker,
  reference: string,
  programs: readonly string[],
): Promise<void> {
  const files = [
    { name: "usr/local/bin/node", from: process.execPath },
    ...programs.filter((name) => name !== "python3").map(installed),
    ...(programs.includes("python3") ? pythonFiles(found("python3")) : []),
  ];
  const libraries = new Set(
    files.filter(({ name }) => /\.so$|bin\//.test(name)).flatMap(({ from }) => librariesOf(from)),
  );
  const entries: Entry[] = [
    ...files.map(({ name, from }) => ({ name, from: fs.realpathSync(from), mode: 0o755 })),
    { name: "usr/local/bin/python", type: "symlink", linkname: "python3" },
    ...[...libraries].map((file) => ({ name: file.slice(1), from: fs.realpathSync(file) })),
    ...packagesOf(PACKAGES).flatMap((name) => filesOf(path.join("node_modules", name))),
  ];
  await importImage(docker, reference, entries, ["ENV PATH=/usr/local/bin"]);
}

const installed = (name: string) => ({ name: `usr/local/bin/${name}`, from: found(name) });

function found(program: string): string {
  const file = which(program, process.env);
  if (file === undefined) throw new Unavailable(`The stand-ins need ${program}; install it.`);
  return file;
}

function librariesOf(program: string): string[] {
  const needed = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...needed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].flatMap(([, file]) => file ?? []);
}

/** These packages and all they depend on. */
function packagesOf(names: readonly string[], known = new Set<string>()): string[] {
  for (const name of names) {
    const manifest = path.join(ROOT, "node_modules", name, "package.json");
    if (known.has(name) || !fs.existsSync(manifest)) continue;
    known.add(name);
    const { dependencies = {} } = JSON.parse(fs.readFileSync(manifest, "utf8"));
    packagesOf(Object.keys(dependencies), known);
  }
  return [...known];
}

function filesOf(relative: string): Entry[] {
  return fs.readdirSync(path.join(ROOT, relative), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(relative, entry.name);
    return entry.isDirectory() ? filesOf(name) : [{ name, from: path.join(ROOT, name) }];
  });
}
