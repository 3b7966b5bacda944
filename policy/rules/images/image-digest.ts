import { parseImage } from "../../lib/containers/image-name";
import { imagesOf, IMAGE_TYPES } from "../../lib/containers/images";
import { forTypes, undecided, violation, type Rule } from "../../lib/rule";

export const rule: Rule = {
  id: "image-digest",
  title: "Images are named by digest",
  severity: "low",
  category: "image-tag",
  profile: "strict",
  why: "A tag can be moved to other content; a digest is the content.",
  fix: {
    aws: "Use repository@sha256:..., as the build's output gives it.",
    azure: "Use repository@sha256:..., as the build's output gives it.",
    gcp: "Use repository@sha256:..., as the build's output gives it.",
    docker: "Use repository@sha256:..., as the build's output gives it.",
  },
  controls: { nist: ["SI-7", "CM-2"], cis: ["2.5"] },
  check: forTypes(IMAGE_TYPES, (resource) => {
    const { images, unknown } = imagesOf(resource);
    return [
      ...unknown.map(undecided),
      ...images.flatMap(({ label, image }) => {
        if (image.unknown) return image.suffix.includes("@") ? [] : [undecided(image)];
        const parsed = parseImage(image.text ?? "");
        const isId = /^(sha256:)?[0-9a-f]{64}$/.test(image.text ?? "");
        if (parsed === undefined || isId || parsed.digest !== undefined) return [];
        return [violation(image, `the image of ${label} is named by tag only`)];
      }),
    ];
  }),
};
