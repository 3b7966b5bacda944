import { REPOSITORY } from "../../../lib/deployability/aws/types";
import { IMAGE_BUILDS, namesOfBuild, tagOf } from "../../../lib/deployability/image-builds";
import { about } from "../../../lib/deployability/links";
import { deployability } from "../../../lib/deployability/rule";
import { globToRegExp } from "../../../lib/glob";
import type { Graph } from "../../../lib/graph/graph";
import type { Resource } from "../../../lib/resource";
import { undecided, violation, type Report } from "../../../lib/rule";
import type { Value } from "../../../lib/value/value";

/** Tags that are meant to move from one image to the next. */
const MOVING =
  /^(latest|stable|current|live|edge|nightly|main|master|trunk|head|dev|develop|development|test|testing|qa|stage|staging|prod|production|release|v?\d{1,2})$/i;

export const rule = deployability({
  id: "aws-ecr-immutable-tag",
  title: "An image goes into a repository of immutable tags under a tag of its own",
  fails: {
    when: "update",
    effect: "error",
    answer:
      "tag invalid: The image tag already exists in the repository and cannot be overwritten because the repository is immutable.",
  },
  fix: "Make the tag of the version or the content (a commit, a digest), not a word that moves; let task definitions name the image by repoDigest.",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  checkStack: {
    types: IMAGE_BUILDS,
    run: (graph) =>
      graph.ofType(...IMAGE_BUILDS).flatMap((image) =>
        about(
          image,
          namesOfBuild(image).flatMap((name) => checkName(graph, image, name)),
        ),
      ),
  },
});

function checkName(graph: Graph, image: Resource, name: Value): Report[] {
  const repository = repositoryOf(graph, image, name);
  if (repository === undefined) return [];
  const tags = repository.at("imageTagMutability");
  if (tags.unknown) return [{ ...undecided(tags), path: name.path }];
  if (!tags.isWord("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")) return [];
  const tag = tagOf(name) ?? (endsKnown(name) ? "latest" : undefined);
  if (tag === undefined) return [undecided(name)];
  const excluded = repository
    .at("imageTagMutabilityExclusionFilters")
    .items.some((filter) => globToRegExp(filter.at("filter").text ?? "").test(tag));
  if (excluded || !MOVING.test(tag)) return [];
  return [
    {
      ...violation(name, `the tag ${tag} can be pushed to ${repository.name} once only`),
      answer: `tag invalid: The image tag '${tag}' already exists in the '${repository.name}' repository and cannot be overwritten because the repository is immutable.`,
    },
  ];
}

/** A name that ends with a known text, or with the repository itself, has no further tag to come. */
function endsKnown(name: Value): boolean {
  if (!name.unknown) return name.text !== undefined;
  const { references = [] } = name.raw as { references?: readonly { output: string }[] };
  return references.length === 1 && references[0]?.output === "repositoryUrl";
}

function repositoryOf(graph: Graph, image: Resource, name: Value): Resource | undefined {
  const [linked] = graph.links(image, name, [REPOSITORY]).resources;
  if (linked !== undefined) return linked;
  const { text } = name;
  return graph.ofType(REPOSITORY).find((repository) => {
    const url = repository.outputs.at("repositoryUrl").text;
    return url !== undefined && (text === url || text?.startsWith(`${url}:`) === true);
  });
}
