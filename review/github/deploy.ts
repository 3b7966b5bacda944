import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { z } from "zod";
import { InputError } from "../input/problem";
import type { Environment } from "./report";

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** A digest, or a reference that ends in one: what was tested is what runs, wherever a tag has moved to. */
const DIGEST = /^(\S+@)?sha256:[0-9a-f]{64}$/;

const tag = z.string().regex(TAG, { error: "is no release tag, for example 0.2.0" });
const images = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/),
  z.string().regex(DIGEST, { error: "is not by digest; write name=reference@sha256:…" }),
);

/** What an application's repository sends, and what a person types. */
const dispatched = z.object({
  client_payload: z.object({ version: tag, images: images.default({}) }),
});
const typed = z.object({ inputs: z.object({ version: tag, images: z.string().default("") }) });

/** Images of a stack file: a tag for short, or one way to name it. */
const stackFile = z.object({
  config: z.object({
    "portolan:images": z.record(
      z.string(),
      z.union([
        tag,
        z.object({ version: tag }),
        z.object({ digest: z.string() }),
        z.object({ reference: z.string() }),
      ]),
    ),
  }),
});

export interface Release {
  readonly version: string;
  readonly images: Readonly<Record<string, string>>;
}

/** Runs `bin/release` for a stack as the event asks; gives its exit code. `command` is another one in tests. */
export function deploy(
  [stack]: readonly string[],
  env: Environment & { readonly GITHUB_EVENT_NAME?: string },
  command = join(__dirname, "..", "..", "bin", "release"),
): number {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path } = env;
  if (!stack || !name || !path) {
    throw new InputError(
      "a stack, GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are needed; this runs in a workflow.",
    );
  }
  const release =
    name === "push"
      ? releaseOf(`Pulumi.${stack}.yaml`)
      : asked(name, JSON.parse(readFileSync(path, "utf8")));
  const options = Object.entries(release.images).map(
    ([image, reference]) => `--image=${image}=${reference}`,
  );
  const run = spawnSync(
    command,
    ["--stack", stack, "--version", release.version, ...options, "--yes"],
    { stdio: "inherit" },
  );
  if (run.error) throw run.error;
  // Killed by a signal is no success either.
  return run.status ?? 1;
}

function asked(name: string, event: unknown): Release {
  if (name === "repository_dispatch") {
    return checked(dispatched, event, "the event").client_payload;
  }
  if (name !== "workflow_dispatch")
    throw new InputError(`${name}: is no event that asks for a release.`);
  const { inputs } = checked(typed, event, "the event");
  const pairs = inputs.images
    .split(/\s+/)
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)];
    });
  return { version: inputs.version, images: checked(images, Object.fromEntries(pairs), "images") };
}

/**
 * What the main branch says: the images of the stack's file. A release has one version; an image of another version, or
 * one that is named by digest, is given by itself.
 */
export function releaseOf(file: string): Release {
  if (!existsSync(file))
    throw new InputError(`${file}: is not there; a push releases what a stack's file says.`);
  const { config } = checked(stackFile, load(readFileSync(file, "utf8")), file);
  const named = Object.entries(config["portolan:images"]);
  const text = (image: (typeof named)[number][1]): string =>
    typeof image === "string"
      ? image
      : "version" in image
        ? image.version
        : "digest" in image
          ? image.digest
          : image.reference;
  const all = named.map(([name, image]) => [name, text(image)] as const);
  const version =
    all.find(([, each]) => TAG.test(each))?.[1] ??
    /sha256:([0-9a-f]{12})/.exec(all[0]?.[1] ?? "")?.[1];
  if (version === undefined)
    throw new InputError(
      `${file}: portolan:images names no image with a version or a digest; name one.`,
    );
  return { version, images: Object.fromEntries(all.filter(([, each]) => each !== version)) };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(`${what}: ${issue?.path.join(".")}: ${issue?.message}.`);
}
