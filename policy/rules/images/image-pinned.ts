import { isPinned, parseImage } from "../../lib/containers/image-name";
import { imagesOf, IMAGE_TYPES, type ImageUse } from "../../lib/containers/images";
import { baseImages } from "../../lib/containers/dockerfile";
import { forTypes, undecided, violation, type Report, type Rule } from "../../lib/rule";

/** Content-addressed ids and digests are as good as a tag. */
const IMAGE_ID = /^(sha256:)?[0-9a-f]{64}$/;

function checkImage({ label, image }: ImageUse): Report[] {
  if (image.unknown) return checkSuffix({ label, image });
  const text = image.text;
  if (text === undefined || IMAGE_ID.test(text.trim())) return [];
  const parsed = parseImage(text);
  if (parsed === undefined || isPinned(parsed)) return [];
  const how = parsed.tag === undefined ? "no tag" : `the tag ${parsed.tag}`;
  return [violation(image, `the image of ${label} has ${how}`)];
}

/** Of an image whose registry is not known yet the plan may know the tag. */
function checkSuffix({ label, image }: ImageUse): Report[] {
  const match = /(?:[:@])([\w][\w.:-]*)$/.exec(image.suffix);
  if (match === null) return [undecided(image)];
  const tag = match[1] ?? "";
  return tag.toLowerCase() === "latest"
    ? [violation(image, `the image of ${label} has the tag latest`)]
    : [];
}

export const rule: Rule = {
  id: "image-pinned",
  title: "Images are named by a version, not by latest",
  severity: "medium",
  category: "image-tag",
  profile: "baseline",
  why: "With latest nobody knows what runs: restarts change versions, and a rollback brings the same image back.",
  fix: {
    aws: "Name a version tag or, better, a digest (repository@sha256:...).",
    azure: "Name a version tag or, better, a digest (repository@sha256:...).",
    gcp: "Name a version tag or, better, a digest (repository@sha256:...).",
    docker: "Name a version tag or, better, a digest (repository@sha256:...).",
  },
  controls: { nist: ["CM-2", "SI-7", "SA-10"], cis: ["2.5", "16.4"] },
  check: {
    ...forTypes(IMAGE_TYPES, (resource) => {
      const { images, unknown } = imagesOf(resource);
      return [...unknown.map(undecided), ...images.flatMap(checkImage)];
    }),
    "docker-build:index:Image": (resource) => {
      const inline = resource.at("dockerfile.inline");
      return baseImages(inline.text ?? "")
        .filter(
          (image) =>
            !image.includes("$") && !isPinned(parseImage(image) ?? { tag: "x", digest: undefined }),
        )
        .map((image) => violation(inline, `the base image ${image} has no version`));
    },
  },
};
