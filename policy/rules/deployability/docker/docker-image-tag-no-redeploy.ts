import { CONTAINER, IMAGE, REMOTE_IMAGE } from "../../../lib/deployability/docker/types";
import { ofEach } from "../../../lib/deployability/each";
import { deployability } from "../../../lib/deployability/rule";
import { parseImage } from "../../../lib/containers/image-name";
import { undecided, violation, type Report } from "../../../lib/rule";

/** Tags that are moved to new images; a version, even of one number, is changed in the program. */
const MOVING =
  /^(latest|stable|current|main|master|trunk|head|dev|develop|development|edge|nightly|canary|next|test|testing|staging|prod|production|release|lts|mainline|alpine|slim)$/i;

export const rule = deployability({
  id: "docker-image-tag-no-redeploy",
  title: "A new image behind the same tag is noticed",
  fails: {
    when: "update",
    effect: "silent",
    answer: "the update reports no changes, and the old image keeps running.",
  },
  fix: "Use RemoteImage.repoDigest or imageId (with pullTriggers from the registry's digest), Image.repoDigest, or a name with @sha256; a tag that never moves will do too.",
  source: "https://www.pulumi.com/registry/packages/docker/api-docs/remoteimage/",
  check: {
    [REMOTE_IMAGE]: (image): Report[] => {
      const name = image.at("name");
      const triggers = [image.at("pullTriggers"), image.at("triggers")];
      if (name.unknown) return [];
      const isTriggered = triggers.some(
        (value) => value.unknown || value.each.length > 0 || value.entries.length > 0,
      );
      return moves(name.text) && !isTriggered && image.at("build").absent
        ? [violation(name, `${name.text} may change, and nothing triggers a new pull`)]
        : [];
    },
  },
  checkStack: ofEach([CONTAINER], (container, graph): Report[] => {
    const image = container.at("image");
    if (image.unknown)
      return graph.links(container, image).complete || image.suffix.includes("@sha256:")
        ? []
        : [undecided(image)];
    const text = image.text;
    if (text === undefined || text.includes("@sha256:") || /^(sha256:)?[0-9a-f]{12,64}$/.test(text))
      return [];
    if (moves(text))
      return [violation(image, `${text} may change, and the container does not notice`)];
    const [same] = graph
      .ofType(REMOTE_IMAGE, IMAGE)
      .filter((one) => [one.at("name").text, one.at("imageName").text].includes(text));
    return same === undefined
      ? []
      : [violation(image, `it names ${text} as a text instead of taking it from ${same.name}`)];
  }),
});

function moves(image: string | undefined): boolean {
  const parts = parseImage(image ?? "");
  if (parts === undefined || parts.digest !== undefined) return false;
  return parts.tag === undefined || MOVING.test(parts.tag);
}
