import fs from "node:fs";
import type Docker from "dockerode";
import type { Progress } from "../setup/progress.js";
import { POSTGRES_IMAGES, REDIS_IMAGES } from "../../providers/docker/sizes";
import { followed, hasImage } from "./import";
import { ownImage } from "./own-images";
import { cacheFolder } from "./places";
import { storeImages } from "./stores";

/** Image by role, as `portolan-docker:images` takes it; empty where everything can be pulled. */
export type Images = Readonly<Record<string, string>>;

/** A registry that does not answer at all is given up after this. */
const PULL_MS = 20_000;

/**
 * The images that stacks start from. Where the engine can pull, these are the official ones and
 * nothing is made; elsewhere they are made from Debian packages and Go modules.
 */
export async function ensureImages(docker: Docker, progress: Progress): Promise<Images> {
  const official = POSTGRES_IMAGES["16"] ?? "";
  if ((await hasImage(docker, official)) || (await canPull(docker, official))) return {};
  fs.mkdirSync(cacheFolder("programs"), { recursive: true });
  const { postgres, redis } = await storeImages(docker, progress);
  return {
    edge: await ownImage(docker, "edge", progress),
    keeper: await ownImage(docker, "keeper", progress),
    ...Object.fromEntries(Object.keys(POSTGRES_IMAGES).map((v) => [`postgres-${v}`, postgres])),
    ...Object.fromEntries(Object.keys(REDIS_IMAGES).map((v) => [`redis-${v}`, redis])),
  };
}

async function canPull(docker: Docker, reference: string): Promise<boolean> {
  const silent = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("no answer")), PULL_MS).unref();
  });
  try {
    const answer = await Promise.race([docker.pull(reference), silent]);
    await followed(docker, answer);
    return true;
  } catch {
    return false;
  }
}
