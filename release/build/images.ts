import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import type { Driver, ImageEngine } from "../driver";
import type { ReleaseError } from "../error";
import { UsageError } from "../error";
import { sourceOf, type Source } from "./source";

/** What the config file says of an image that releases build: `build` with `during: release`. */
const configured = z.object({
  build: z.object({
    context: z.string(),
    dockerfile: z.string(),
    target: z.string().optional(),
    during: z.literal("release"),
  }),
});

type Recipe = z.infer<typeof configured>["build"];

/** How a release builds an image; undefined for one that it takes from the registry. */
export const recipeOf = (image: unknown): Recipe | undefined =>
  configured.safeParse(image).data?.build;

/** An image that a release has built, for the record. */
export interface Built {
  /** Commit of the content. */
  readonly revision: string;
  /** Repository of the commit. */
  readonly source?: string;
  /** Tag of version and commit, beside that of the version alone. */
  readonly tag: string;
  /** Bill of materials: its file, relative to the project, and the digest of that. */
  readonly sbom?: { readonly file: string; readonly digest: string };
}

/** One image to build. */
export interface Order {
  readonly name: string;
  readonly version: string;
  /** Repository in the stack's registry. */
  readonly repository: string;
  readonly recipe: Recipe;
  /** Build arguments of the system. Compiled into the image: never a secret. */
  readonly args: Readonly<Record<string, string>>;
}

/** What builds have in common. */
export interface BuildSetting {
  /** Folder of the Pulumi project: contexts are relative to it. */
  readonly root: string;
  readonly stack: string;
  /** Whether a bill of materials is made of every image that is built. */
  readonly sbom: boolean;
  readonly now: Date;
}

/**
 * Builds an image under the tags `<version>` and `<version>-<commit>`, with the labels of the OCI and a
 * bill of materials, and pushes it. Tags never move: what is there from the same commit is taken, what
 * is there from another one is refused. The tag with the commit goes first, so that a build that was
 * killed between the two goes on.
 */
export async function build(order: Order, setting: BuildSetting, driver: Driver): Promise<Built> {
  const { name, version, repository, recipe } = order;
  const context = resolve(setting.root, recipe.context);
  const source = sourceOf(`image ${name}`, context);
  const tag = `${version}-${source.revision.slice(0, 12)}`;
  const there = await driver.digestOf(`${repository}:${tag}`);
  const taken = await driver.digestOf(`${repository}:${version}`);
  const made = { revision: source.revision, tag, ...named(source) };
  if (taken !== undefined) {
    if (taken === there) return made;
    throw new UsageError(
      `${repository}:${version} is there from another commit than ${source.revision.slice(0, 12)}; release under another version`,
    );
  }
  const engine = await driver.imageEngine(repository);
  const docker = (...args: string[]): void => run("docker", [...hostOf(engine), ...args]);
  const push = (each: string): void => {
    if (engine.push) docker("push", `${repository}:${each}`);
  };
  if (there === undefined) docker("build", ...buildArguments(order, setting, source, tag, engine));
  else if (engine.push) docker("pull", `${repository}:${tag}`);
  const sbom = setting.sbom ? { sbom: listed(order, setting, engine, tag) } : {};
  if (there === undefined) push(tag);
  docker("tag", `${repository}:${tag}`, `${repository}:${version}`);
  push(version);
  return { ...made, ...sbom };
}

const named = ({ repository }: Source): Pick<Built, "source"> =>
  repository === undefined ? {} : { source: repository };

const hostOf = ({ host }: ImageEngine): string[] => (host === undefined ? [] : [`--host=${host}`]);

/** Labels are those of the OCI, which registries and scanners show. */
function buildArguments(
  { name, version, repository, recipe, args }: Order,
  { root, now }: BuildSetting,
  source: Source,
  tag: string,
  { platform }: ImageEngine,
): string[] {
  const labels = {
    title: name,
    version,
    revision: source.revision,
    created: now.toISOString(),
    ...named(source),
  };
  return [
    `--tag=${repository}:${tag}`,
    `--file=${resolve(root, recipe.dockerfile)}`,
    ...(platform === undefined ? [] : [`--platform=${platform}`]),
    ...(recipe.target === undefined ? [] : [`--target=${recipe.target}`]),
    ...Object.entries(args).map(([key, value]) => `--build-arg=${key}=${value}`),
    ...Object.entries(labels).map(
      ([key, value]) => `--label=org.opencontainers.image.${key}=${value}`,
    ),
    resolve(root, recipe.context),
  ];
}

/** Lists what is in the image, in SPDX. */
function listed(
  { name, repository }: Order,
  { root, stack }: BuildSetting,
  { host }: ImageEngine,
  tag: string,
): NonNullable<Built["sbom"]> {
  const file = join(root, ".portolan", "sbom", stack, `${name}-${tag}.spdx.json`);
  mkdirSync(dirname(file), { recursive: true });
  run("syft", ["scan", `docker:${repository}:${tag}`, `--output=spdx-json=${file}`, "--quiet"], {
    ...(host === undefined ? {} : { DOCKER_HOST: host }),
  });
  const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
  return { file: relative(root, file), digest: `sha256:${digest}` };
}

/** Its words go to the terminal; standard output belongs to the release's own events. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, signal, error } = spawnSync(program, args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...env },
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") throw missing(program);
  if (error) throw error;
  if (status === 0) return;
  const command = [program, ...args.filter((word) => !word.startsWith("--"))].join(" ");
  throw new UsageError(
    `${command}: ended with ${status === null ? signal : `exit code ${status}`}; its own words stand above`,
  );
}

const missing = (program: string): ReleaseError =>
  new UsageError(
    program === "syft"
      ? "syft: is not installed, which lists what is in an image; install it, or leave the list out with --no-sbom"
      : `${program}: is not installed; images are built with it`,
  );
