import { mustBeOneOf, mustBeTrue } from "../../lib/check/simple";
import { undecided, type Rule } from "../../lib/rule";

const MESSAGE = "tags can be moved to other images";

export const rule: Rule = {
  id: "registry-immutable-tags",
  title: "Tags of a registry cannot be moved",
  severity: "medium",
  category: "image-tag",
  profile: "strict",
  why: "Whoever may push can replace what a running version was made of, and a rollback brings back something else.",
  fix: {
    aws: 'Set imageTagMutability to "IMMUTABLE".',
    gcp: "Set dockerConfig.immutableTags to true.",
  },
  controls: { nist: ["SI-7", "CM-5"], cis: ["2.5", "16.4"] },
  check: {
    "aws:ecr/repository:Repository": (resource) =>
      mustBeOneOf(
        resource.at("imageTagMutability"),
        ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"],
        MESSAGE,
      ),
    "gcp:artifactregistry/repository:Repository": (resource) => {
      const format = resource.at("format");
      if (format.unknown) return [undecided(format)];
      if (
        !format.isWord("DOCKER") ||
        resource.at("mode").isWord("REMOTE_REPOSITORY", "VIRTUAL_REPOSITORY")
      )
        return [];
      return mustBeTrue(resource.at("dockerConfig.immutableTags"), MESSAGE);
    },
  },
};
