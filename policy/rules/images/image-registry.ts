import { imagesOf, IMAGE_TYPES } from "../../lib/containers/images";
import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "image-registry",
  title: "Images come from the registries that are allowed",
  severity: "medium",
  category: "image-tag",
  profile: "strict",
  why: "An image from somewhere else was neither scanned nor built by anybody here. Without settings.registries every one is allowed.",
  fix: {
    aws: "Mirror the image into a repository of your own, or name the registry under settings.registries.",
    azure:
      "Mirror the image into a registry of your own, or name the registry under settings.registries.",
    gcp: "Mirror the image into a repository of your own, or name the registry under settings.registries.",
    docker:
      "Mirror the image into a registry of your own, or name the registry under settings.registries.",
  },
  controls: { nist: ["SR-4", "CM-11"], cis: ["2.5", "16.4"] },
  check: forTypes(IMAGE_TYPES, (resource, { settings }) => {
    if (settings.registries.length === 0) return [];
    const { images, unknown } = imagesOf(resource);
    return [
      ...unknown.map(undecided),
      ...images.flatMap(({ label, image }) => {
        const text = image.unknown ? image.prefix : image.text;
        if (text === undefined || /^sha256:/.test(text)) return [];
        if (settings.registries.some((prefix) => text.startsWith(prefix))) return [];
        // The registry of an image that is an output of the plan is only known in the update.
        if (image.unknown && text === "") return [undecided(image)];
        return [violation(image, `the image of ${label} comes from elsewhere`)];
      }),
    ];
  }),
};
