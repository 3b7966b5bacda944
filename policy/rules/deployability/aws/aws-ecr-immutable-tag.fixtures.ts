import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const repository = (props: object = { imageTagMutability: "IMMUTABLE" }) =>
  resource("aws:ecr/repository:Repository", props, "r");
const name = (rest: string) => ({ concat: [{ ref: "r.repositoryUrl" }, rest] });
const image = (imageName: unknown) =>
  resource("docker:index/image:Image", { imageName, build: { context: "." } }, "img");
const built = (...tags: unknown[]) => resource("docker-build:index:Image", { tags }, "img");

export const fixtures: Fixtures = {
  good: [
    passes(repository(), image(name(":2024-06-01-a1b2c3d"))),
    passes(repository(), image(name(":1.4.2"))),
    passes(repository({}), image(name(":latest"))),
    passes(repository({ imageTagMutability: "MUTABLE" }), image(name(":latest"))),
    passes(
      repository({
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: [{ filter: "latest*", filterType: "WILDCARD" }],
      }),
      image(name(":latest")),
    ),
    passes(repository(), image("registry.example.com/web:latest")),
  ],
  bad: [
    violates(repository(), image(name(":latest"))),
    violates(repository(), image(name(":prod"))),
    violates(repository(), image({ ref: "r.repositoryUrl" })),
    violates(repository(), built(name(":1.4.2"), name(":latest"))),
    violates(
      { ...repository(), outputs: { repositoryUrl: "1.dkr.ecr.eu-west-1.amazonaws.com/web" } },
      image("1.dkr.ecr.eu-west-1.amazonaws.com/web:latest"),
    ),
  ],
  missing: [passes(repository(), image(undefined)), passes(repository(), built())],
  unknown: [
    waits(repository({ imageTagMutability: unknown }), image(name(":latest"))),
    waits(repository(), image({ concat: [{ ref: "r.repositoryUrl" }, ":", { ref: "v.hex" }] })),
    passes(repository(), image(unknown)),
  ],
  wrongType: [
    passes(repository({ imageTagMutability: 7 }), image(name(":latest"))),
    passes(repository(), image(7)),
  ],
};
