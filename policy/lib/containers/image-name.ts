/** The parts of an image reference. */
export interface ImageName {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Reads an image reference; the number after a registry's name is its port, not a tag. */
export function parseImage(text: string): ImageName | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || /\s/.test(trimmed)) return undefined;
  const [name, digest] = trimmed.split("@") as [string, string?];
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/");
  return {
    repository: hasTag ? name.slice(0, colon) : name,
    tag: hasTag ? name.slice(colon + 1) : undefined,
    digest,
  };
}

/** A digest pins an image for good; `latest` and no tag at all pin nothing. */
export function isPinned({ tag, digest }: Pick<ImageName, "tag" | "digest">): boolean {
  if (digest !== undefined && digest !== "") return true;
  return tag !== undefined && tag !== "" && tag.toLowerCase() !== "latest";
}
