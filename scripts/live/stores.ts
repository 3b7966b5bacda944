import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type Docker from "dockerode";
import { Unavailable } from "../setup/errors.js";
import type { Progress } from "../setup/progress.js";
import { runLines } from "../setup/run.js";
import { which } from "../toolchain/path.js";
import { install } from "./engine";
import { followed, hasImage, importImage } from "./import";
import { cacheFolder } from "./places";
import { recipeOf } from "./recipe";

const MIRROR = "http://deb.debian.org/debian";
/** Debian 13 has one PostgreSQL and one Redis; every version that a stack asks for gets these. */
const SUITE = "trixie";
const PACKAGES = ["postgresql-17", "redis-server"];

/** What servers do not read: 350 of 690 MB. Without its compiler PostgreSQL does not compile queries. */
const LEFT_OUT = [
  "./proc/*",
  "./sys/*",
  "./dev/*",
  "./var/cache/*",
  "./var/lib/apt/lists/*",
  "./usr/share/doc/*",
  "./usr/share/man/*",
  "./usr/share/locale/*",
  "./usr/share/info/*",
  "./usr/lib/*/libLLVM*",
  "./usr/lib/*/libz3*",
  "./usr/lib/postgresql/*/lib/bitcode",
  "./usr/lib/postgresql/*/lib/llvmjit*",
  "./var/lib/postgresql/*/main",
];

/** PostgreSQL and Redis from Debian's packages, for machines that reach no registry of images. */
export async function storeImages(
  docker: Docker,
  progress: Progress,
): Promise<{ postgres: string; redis: string }> {
  const base = `portolan-live/debian:${recipeOf(__filename)}`;
  const images = path.join(__dirname, "images");
  const references = {
    postgres: `portolan-live/postgres:${recipeOf(__filename, path.join(images, "postgres"))}`,
    redis: `portolan-live/redis:${recipeOf(__filename, path.join(images, "redis"))}`,
  };
  for (const role of ["postgres", "redis"] as const) {
    if (await hasImage(docker, references[role])) continue;
    if (!(await hasImage(docker, base))) await importBase(docker, base, progress);
    const step = progress.step(`Building the image of ${role}`);
    const context = path.join(images, role);
    const answer = await docker.buildImage(
      { context, src: fs.readdirSync(context) },
      { t: references[role], buildargs: { BASE: base }, forcerm: true },
    );
    await followed(docker, answer);
    step.done();
  }
  return references;
}

async function importBase(docker: Docker, reference: string, progress: Progress): Promise<void> {
  const archive = cacheFolder("programs", `debian-${recipeOf(__filename)}.tar`);
  if (!fs.existsSync(archive)) await debootstrap(archive, progress);
  await importImage(docker, reference, fs.createReadStream(archive), ['CMD ["/bin/sh"]']);
}

async function debootstrap(archive: string, progress: Progress): Promise<void> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Unavailable(
      "The images of PostgreSQL and Redis can neither be pulled nor made here: that needs root on Debian. " +
        "Let the engine reach Docker Hub, or name images in portolan-docker:images.",
    );
  }
  if (!which("debootstrap", process.env)) {
    const reason = await install(["debootstrap"], progress);
    if (reason !== undefined) throw new Unavailable(`Debian's packages are needed, and ${reason}.`);
  }
  const step = progress.step(`Fetching ${PACKAGES.join(" and ")} from Debian`);
  const folder = fs.mkdtempSync(cacheFolder("programs", "debian-"));
  try {
    const { code, tail } = await runLines(
      "debootstrap",
      ["--variant=minbase", `--include=${PACKAGES.join(",")}`, SUITE, folder, MIRROR],
      { onLine: (line) => step.update(line.slice(0, 60)) },
    );
    if (code !== 0) {
      step.failed("failed");
      throw new Unavailable(`debootstrap could not fetch them:\n  ${tail.join("\n  ")}`);
    }
    await packed(folder, archive);
    step.done();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function packed(folder: string, archive: string): Promise<void> {
  const draft = `${archive}.${process.pid}`;
  const leave = LEFT_OUT.map((pattern) => `--exclude=${pattern}`);
  return new Promise((resolve, reject) => {
    const tar = spawn("tar", ["-C", folder, ...leave, "-cf", draft, "."], { stdio: "inherit" });
    tar.on("error", reject);
    tar.on("close", (code) => {
      if (code !== 0) return reject(new Error(`tar ended with ${code}`));
      fs.renameSync(draft, archive);
      resolve();
    });
  });
}
