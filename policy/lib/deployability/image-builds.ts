import type { Resource } from "../resource";
import type { Value } from "../value/value";

/** Types that build an image. */
export const IMAGE_BUILDS = ["docker:index/image:Image", "docker-build:index:Image"];

/** The names an image is pushed under. */
export function namesOfBuild(image: Resource): Value[] {
  return image.type === "docker-build:index:Image"
    ? image.at("tags").each
    : [image.at("imageName")];
}

/** Platforms an image is built for; undefined where nothing is built, a value where it is not known yet. */
export function platformsOf(image: Resource): readonly string[] | Value | undefined {
  if (image.type === "docker-build:index:Image") {
    const list = image.at("platforms");
    if (list.unknown) return list;
    return list.each.find(({ unknown }) => unknown) ?? list.each.flatMap(({ text }) => text ?? []);
  }
  const build = image.at("build");
  if (build.absent) return undefined;
  const platform = build.at("platform");
  if (platform.unknown) return platform;
  return platform.text === undefined || platform.text === "" ? [] : [platform.text];
}

/** The tag at the end of an image's name, also where its beginning is not known yet; undefined if there is none. */
export function tagOf(name: Value): string | undefined {
  const text = name.text ?? name.suffix;
  return /:([\w][\w.-]*)$/.exec(text.slice(text.lastIndexOf("/") + 1))?.[1];
}
