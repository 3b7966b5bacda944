import { CliError } from "../cli";
import { az } from "./azure-cli";

/** An image's tag as `az acr repository show` tells of it. */
interface Tag {
  readonly digest: string;
  /** When it was moved, or its attributes changed. */
  readonly lastUpdateTime: string;
}

/** Digest behind a reference in an Azure registry; undefined when it is not there. */
export async function digestOf(reference: string): Promise<string | undefined> {
  try {
    return (await tagOf(reference))?.digest;
  } catch (error) {
    if (error instanceof CliError && /not.?found|unknown/i.test(error.said)) return undefined;
    throw error;
  }
}

/**
 * Digest that a revision runs: the one that its image names, or the one behind its tag, as long as
 * the tag has not been moved since the revision was made. Container Apps itself tells none.
 */
export async function digestRun(image: string, made: string): Promise<string | undefined> {
  const named = /sha256:[0-9a-f]{64}$/.exec(image)?.[0];
  if (named !== undefined) return named;
  try {
    const tag = await tagOf(image);
    const isMeant = tag && Date.parse(tag.lastUpdateTime) < Date.parse(made);
    return isMeant ? tag.digest : undefined;
  } catch (error) {
    // What runs can be looked at without its registry.
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

async function tagOf(reference: string): Promise<Tag | undefined> {
  const [, registry, image] = /^([a-z0-9]+)\.azurecr\.io\/(.+)$/.exec(reference) ?? [];
  if (registry === undefined || image === undefined) return undefined;
  return az("acr", "repository", "show", "--name", registry, "--image", image);
}
