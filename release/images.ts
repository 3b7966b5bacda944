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

/**
 * Images of a version: those of the stack's own repositories take it, by digest, so that a tag that is
 * moved afterwards changes nothing. `given` names others, each by tag, digest or full reference.
 */
export async function imagesOf(
  version: string,
  given: Readonly<Record<string, string>>,
  stack: Stack,
  driver: Driver,
): Promise<Images> {
  const known = deployed(stack);
  const names = Object.keys(known);
  for (const name of Object.keys(given).filter((each) => !names.includes(each))) {
    throw new UsageError(
      `--image ${name}: the stack has no such image; there are: ${names.join(", ")}`,
    );
  }
  const chosen: Record<string, ImageChoice> = {};
  for (const [name, { repository }] of Object.entries(known)) {
    const text = given[name] ?? (repository === undefined ? undefined : version);
    if (text === undefined) continue;
    chosen[name] = await pinned(name, text, repository, driver);
  }
  if (Object.keys(chosen).length === 0) {
    throw new UsageError("no image of this stack has a version of its own; name one with --image");
  }
  return chosen;
}

async function pinned(
  name: string,
  text: string,
  repository: string | undefined,
  driver: Driver,
): Promise<ImageChoice> {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return { digest: text };
  const isTag = !/[/:@]/.test(text);
  if (isTag && repository === undefined) {
    throw new UsageError(`--image ${name}=${text}: its registry is foreign; give a full reference`);
  }
  if (!isTag) return { reference: text };
  const digest = await driver.digestOf(`${repository}:${text}`);
  if (digest !== undefined) return { digest };
  throw new UsageError(
    `${repository}:${text} is not in the registry; push it first, or name another with --image ${name}=…`,
  );
}

/** Digest that each service is to run: found by the repository that its image comes from. */
export function digestsByService(
  images: Images,
  stack: Stack,
  before: Services,
): Record<string, string> {
  const known = Object.entries(deployed(stack));
  return Object.fromEntries(
    Object.keys(before).flatMap((service) => {
      const image = serving(before, service)[0]?.image ?? "";
      const [name = ""] =
        known.find(([, { repository }]) => repository !== undefined && isFrom(image, repository)) ??
        [];
      const digest = /sha256:[0-9a-f]{64}/.exec(JSON.stringify(images[name] ?? ""))?.[0];
      return digest === undefined ? [] : [[service, digest]];
    }),
  );
}

const isFrom = (image: string, repository: string): boolean =>
  image.startsWith(`${repository}:`) || image.startsWith(`${repository}@`);
