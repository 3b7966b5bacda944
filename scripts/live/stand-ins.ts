import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { followed, hasImage, importImage, type Entry } from "./import";
import { recipeOf } from "./recipe";

const ROOT = path.resolve(__dirname, "../..");
const APPS = path.join(ROOT, "test/live/apps");
/** Tag under which the Dockerfiles of the stand-ins find their base. */
const BASE = "portolan-live/node:stand-in";
/** Packages the stand-ins import; what these need comes along. */
const PACKAGES = ["pg", "ws"];

/** A version of a stand-in that goes wrong on purpose. */
export type Fault = "never-healthy" | "failing-migration";

export interface StandIn {
  /** Folder below `test/live/apps`, and name of the image. */
  readonly name: string;
  readonly version: string;
  readonly fault?: Fault;
}

/**
 * Builds images of stand-in applications. An image of that name that is no stand-in is somebody's
 * real one: it stays as it is.
 */
export async function ensureStandIns(
  docker: Docker,
  wanted: readonly StandIn[],
  progress: Progress,
): Promise<void> {
  await ensureBase(docker, progress);
  for (const { name, version, fault } of wanted) {
    const reference = `${name}:${version}`;
    const recipe = recipeOf(path.join(APPS, "lib"), path.join(APPS, name), __filename);
    const labels = await labelsOf(docker, reference);
    if (labels && (labels["portolan.recipe"] === recipe || !labels["portolan.stand-in"])) continue;
    const step = progress.step(`Building the stand-in ${reference}`);
    const answer = await docker.buildImage(
      { context: APPS, src: ["lib", name] },
      {
        t: reference,
        dockerfile: `${name}/Dockerfile`,
        buildargs: { VERSION: version, FAULT: fault ?? "" },
        labels: { "portolan.recipe": recipe },
        forcerm: true,
      },
    );
    await followed(docker, answer);
    step.done();
  }
}

/** Node.js of this machine with the libraries it needs, and no other program: not even a shell. */
async function ensureBase(docker: Docker, progress: Progress): Promise<void> {
  const reference = `portolan-live/node:${recipeOf(__filename)}-${process.versions.node}`;
  if (!(await hasImage(docker, reference))) {
    const step = progress.step("Making the base image of the stand-ins");
    if (process.platform === "linux") await importNode(docker, reference);
    else {
      const official = `node:${process.versions.node}-alpine`;
      await followed(docker, await docker.pull(official));
      await retag(docker, official, reference);
    }
    step.done();
  }
  await retag(docker, reference, BASE);
}

/** Runs a container of that base: an engine that answers may still not be allowed to run any. */
export async function proveEngine(docker: Docker, progress: Progress): Promise<void> {
  await ensureBase(docker, progress);
  const Cmd = ["node", "--version"];
  const container = await docker.createContainer({ Image: BASE, Cmd });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    if (StatusCode !== 0) throw new Error(`node ended with ${StatusCode}`);
  } catch (error) {
    throw new Unavailable(`The Docker engine cannot run a container: ${String(error)}`);
  } finally {
    await container.remove({ force: true });
  }
}

async function retag(docker: Docker, from: string, to: string): Promise<void> {
  const [repo, tag] = to.split(":");
  await docker.getImage(from).tag({ repo: repo ?? "", tag: tag ?? "" });
}

async function importNode(docker: Docker, reference: string): Promise<void> {
  const needed = execFileSync("ldd", [process.execPath], { encoding: "utf8" });
  const libraries = [...needed.matchAll(/(?:=> )?(\/\S+) \(0x/g)].flatMap(([, file]) => file ?? []);
  const entries: Entry[] = [
    { name: "usr/local/bin/node", from: fs.realpathSync(process.execPath), mode: 0o755 },
    ...libraries.map((file) => ({ name: file.slice(1), from: fs.realpathSync(file) })),
    ...packagesOf(PACKAGES).flatMap((name) => filesOf(path.join("node_modules", name))),
  ];
  await importImage(docker, reference, entries, ["ENV PATH=/usr/local/bin"]);
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

async function labelsOf(
  docker: Docker,
  reference: string,
): Promise<Record<string, string> | undefined> {
  if (!(await hasImage(docker, reference))) return undefined;
  return (await docker.getImage(reference).inspect()).Config.Labels ?? {};
}
