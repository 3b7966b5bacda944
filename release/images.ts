import { build, recipeOf, type Built, type BuildSetting } from "./build/images";
import type { Driver, Services } from "./driver";
import type { ImageChoice } from "./engine";
import { UsageError } from "./error";
import { serving } from "./prove";
import type { Stack } from "./stack";

type Images = Readonly<Record<string, ImageChoice>>;

/** Where the stack's images come from, by the outputs of its program. */
interface Deployed {
  /** Reference that containers run. */
  readonly reference: string;
  /** Its repository, where it is the stack's own. */
  readonly repository?: string;
}

/** Names of the images, with what is deployed of them. */
function deployed(stack: Stack): Readonly<Record<string, Deployed>> {
  const { images = {}, repositories = {} } = stack.outputs as Record<
    string,
    Record<string, string> | undefined
  >;
  return Object.fromEntries(
    Object.entries(images).map(([name, reference]) => {
      const repository = repositories[name];
      const own = repository !== undefined && reference.startsWith(repository);
      return [name, { reference, ...(own ? { repository } : {}) }];
    }),
  );
}

/**
 * What is deployed, as the stack's config would name it. A foreign image may run from a copy, so it is
 * what the last release gave; where none did, the config file still says it.
 */
export function imagesBefore(stack: Stack, last: Images = {}): Images {
  return Object.fromEntries(
    Object.entries(deployed(stack)).flatMap(([name, { reference, repository }]) => {
      if (repository !== undefined) return [[name, choice(reference.slice(repository.length))]];
      return last[name] === undefined ? [] : [[name, last[name]]];
    }),
  );
}

/** `:0.1.0` or `@sha256:…` or both. */
function choice(rest: string): ImageChoice {
  const digest = /@(sha256:[0-9a-f]{64})$/.exec(rest)?.[1];
  return digest === undefined ? rest.slice(1) : { digest };
}

/** Images that were asked for, and their digests where they are known, both by name. */
export interface Chosen {
  readonly images: Images;
  readonly digests: Readonly<Record<string, string>>;
  /** Those that the release has built. */
  readonly built: Readonly<Record<string, Built>>;
}

/**
 * Images of a version: those of the stack's own repositories take it, by digest where the cloud can, so
 * that a tag that is moved afterwards changes nothing. `given` names others, each by tag, digest or
 * full reference. What the config file says to build is built here or by the update, under that version.
 */
export async function imagesOf(
  version: string,
  given: Readonly<Record<string, string>>,
  stack: Stack,
  driver: Driver,
  setting: BuildSetting,
  configured: Readonly<Record<string, unknown>> = {},
): Promise<Chosen> {
  const known = deployed(stack);
  const names = Object.keys(known);
  for (const name of Object.keys(given).filter((each) => !names.includes(each))) {
    throw new UsageError(
      `--image ${name}: the stack has no such image; there are: ${names.join(", ")}`,
    );
  }
  const images: Record<string, ImageChoice> = {};
  const digests: Record<string, string> = {};
  const built: Record<string, Built> = {};
  const args = (stack.outputs.buildArgs ?? {}) as Record<string, Record<string, string>>;
  for (const [name, { repository }] of Object.entries(known)) {
    const text = given[name] ?? (repository === undefined ? undefined : version);
    if (text === undefined) continue;
    // What is named on the command line is taken from where it is, whatever the file says.
    const inFile = given[name] === undefined ? configured[name] : undefined;
    const recipe = recipeOf(inFile);
    const left = leftToUpdate(inFile);
    if (recipe && repository !== undefined) {
      const order = { name, version, repository, recipe, args: args[name] ?? {} };
      built[name] = await build(order, setting, driver);
    } else if (left !== undefined) {
      images[name] = { version, build: left };
      continue;
    }
    const { image, digest } = await pinned(name, text, repository, driver);
    images[name] = image;
    if (digest !== undefined) digests[name] = digest;
  }
  if (Object.keys(images).length === 0) {
    throw new UsageError("no image of this stack has a version of its own; name one with --image");
  }
  return { images, digests, built };
}

/** How the update builds an image; undefined where it does not. */
function leftToUpdate(configured: unknown): unknown {
  return typeof configured === "object" && configured !== null && "build" in configured
    ? configured.build
    : undefined;
}

async function pinned(
  name: string,
  text: string,
  repository: string | undefined,
  driver: Driver,
): Promise<{ image: ImageChoice; digest?: string }> {
  const isDigest = /^sha256:[0-9a-f]{64}$/.test(text);
  const isTag = !/[/:@]/.test(text);
  if ((isTag || isDigest) && repository === undefined) {
    throw new UsageError(`--image ${name}=${text}: its registry is foreign; give a full reference`);
  }
  if (isDigest) return { image: { digest: text }, digest: text };
  if (!isTag) return { image: { reference: text } };
  const digest = await driver.digestOf(`${repository}:${text}`);
  if (digest !== undefined) return { image: driver.pins ? { digest } : text, digest };
  throw new UsageError(
    `${repository}:${text} is not in the registry; push it first, or name another with --image ${name}=…`,
  );
}

/**
 * Digest that each service is to run, of digests by image: its image is found by the repository that
 * it comes from, or by the digest of what is deployed where a platform names images by that.
 */
export async function digestsByService(
  digests: Readonly<Record<string, string>>,
  stack: Stack,
  before: Services,
  driver: Driver,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, { reference, repository }] of Object.entries(deployed(stack))) {
    const digest = digests[name];
    if (digest === undefined) continue;
    const old = driver.pins ? undefined : await driver.digestOf(reference);
    for (const service of Object.keys(before)) {
      const [now] = serving(before, service);
      const isOfName =
        (repository !== undefined && isFrom(now?.image ?? "", repository)) ||
        (old !== undefined && now?.digest === old);
      if (isOfName) found[service] = digest;
    }
  }
  return found;
}

/**
 * Images of an earlier release as what its services are known to have run, by service: a tag may have
 * been moved since, and what an update built is not to be built again.
 */
export function byDigest(
  images: Images,
  digests: Readonly<Record<string, string>>,
  stack: Stack,
  now: Services,
  { pins }: Driver,
): Images {
  const known = deployed(stack);
  const pinned = Object.entries(images).map(([name, image]): [string, ImageChoice] => {
    const repository = known[name]?.repository;
    const isForeign = typeof image === "object" && "reference" in image;
    if (!pins || repository === undefined || isForeign) return [name, image];
    const service = Object.keys(now).find((each) =>
      isFrom(serving(now, each)[0]?.image ?? "", repository),
    );
    const digest = service === undefined ? undefined : digests[service];
    return [name, digest === undefined ? image : { digest }];
  });
  return Object.fromEntries(pinned);
}

const isFrom = (image: string, repository: string): boolean =>
  image.startsWith(`${repository}:`) || image.startsWith(`${repository}@`);
