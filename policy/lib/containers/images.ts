import type { Resource } from "../resource";
import type { Value } from "../value/value";
import { containersOf, ENVIRONMENT_TYPES } from "./containers";

/** An image a resource runs or pulls. */
export interface ImageUse {
  readonly label: string;
  readonly image: Value;
}

/** Types that name images. */
export const IMAGE_TYPES = [
  ...Object.keys(ENVIRONMENT_TYPES),
  "docker:index/remoteImage:RemoteImage",
];

/** The images of a resource, and the lists that would have told of more. */
export function imagesOf(resource: Resource): { images: ImageUse[]; unknown: readonly Value[] } {
  if (resource.type === "docker:index/remoteImage:RemoteImage") {
    return { images: [{ label: resource.name, image: resource.at("name") }], unknown: [] };
  }
  const { containers, unknown } = containersOf(resource);
  // A function has an environment but mostly no image.
  const isFunction = resource.type.startsWith("aws:lambda/");
  const images = containers.map(({ label, image }) => ({ label, image }));
  return {
    images: isFunction ? images.filter(({ image }) => image.present) : images,
    unknown: isFunction ? [] : unknown,
  };
}
