import { passes, resource, unknown, violates, waits, type Fixtures } from "../../../lib/fixture";

const image = (platform: unknown) =>
  resource(
    "docker:index/image:Image",
    { imageName: "a:1", build: { context: ".", platform } },
    "img",
  );
const built = (platforms: unknown) => resource("docker-build:index:Image", { platforms }, "img");
const task = (cpuArchitecture?: unknown, output = "repoDigest") =>
  resource("aws:ecs/taskDefinition:TaskDefinition", {
    containerDefinitions: { json: [{ name: "web", image: { ref: `img.${output}` } }] },
    runtimePlatform: cpuArchitecture === undefined ? undefined : { cpuArchitecture },
  });
const app = resource("azure-native:app:ContainerApp", {
  template: { containers: [{ name: "web", image: { ref: "img.repoDigest" } }] },
});
const run = resource("gcp:cloudrunv2/service:Service", {
  template: { containers: [{ image: { ref: "img.ref" } }] },
});

export const fixtures: Fixtures = {
  good: [
    passes(image("linux/amd64"), task()),
    passes(image("linux/amd64"), task("X86_64")),
    passes(image("linux/arm64/v8"), task("ARM64")),
    passes(built(["linux/amd64", "linux/arm64"]), task("ARM64", "ref")),
    passes(image("linux/amd64"), app),
    passes(image("linux/arm64")),
    passes(
      image(undefined),
      resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: "[]" }),
    ),
  ],
  bad: [
    violates(image(undefined), task()),
    violates(image("linux/arm64"), task("X86_64")),
    violates(image("linux/amd64"), task("ARM64")),
    violates(built(["linux/arm64"]), task(undefined, "ref")),
    violates(built(undefined), task(undefined, "digest")),
    violates(image("linux/arm64"), app),
    violates(image("linux/arm64"), run),
    violates(
      resource("docker:index/image:Image", { imageName: "a:1", build: true }, "img"),
      task(),
    ),
  ],
  missing: [waits(resource("docker:index/image:Image", { imageName: "a:1" }, "img"), task())],
  unknown: [
    waits(image(unknown), task()),
    waits(image("linux/amd64"), task(unknown)),
    waits(built([unknown]), task()),
  ],
  wrongType: [violates(image(7), task()), passes(image("linux/amd64"), task(7))],
};
