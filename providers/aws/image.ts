import { Image } from "@pulumi/docker/image";
import * as pulumi from "@pulumi/pulumi";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  ImageBuild,
  ImageBuilder,
  ImageLinks,
  ImageOutputs,
  ImageSource,
  ImageSpec,
} from "../../components/image";
import type { ImageAttachment } from "./attachments";
import { mirror } from "./image-mirror";
import { registry, type Registry } from "./registry";
import { scopeOf, type Scope } from "./scope";

type Resolved = Required<ImageSpec>;

const describe: Parity<ImageSpec> = {
  repository: "private ECR repository, immutable tags, scanned on push, encrypted with KMS",
  source: "tag or digest in ECR, a copy there of a foreign image, or a build for linux/amd64",
  keep: "lifecycle policy: that many released images, untagged ones for a week",
};

function resolve(spec: ImageSpec, { path, problems }: ResolveContext): Resolved {
  if (!/^[a-z0-9]+([._/-][a-z0-9]+)*$/.test(spec.repository)) {
    problems.add(
      `${path}.repository`,
      `"${spec.repository}" is no name for an ECR repository; use lower-case letters, digits and single hyphens`,
    );
  }
  const keep = spec.keep ?? 30;
  if (!Number.isInteger(keep) || keep < 1) {
    problems.add(`${path}.keep`, `${keep} images cannot be kept; use a whole number of at least 1`);
  }
  return { ...spec, keep };
}

function build(request: BuildRequest<Resolved, ImageLinks>): ImageOutputs {
  const { source, repository, keep } = request.spec;
  const scope = scopeOf(request);
  if (source.kind === "reference") return mirror(scope, source.reference, repository, keep);
  const store = registry(scope, repository, keep);
  return {
    reference: referenceOf(scope, source, store),
    repositoryUrl: pulumi.output(store.url),
    attachment: attachmentFor(store),
  };
}

const attachmentFor = ({ arn }: Registry): ImageAttachment => ({
  cloud: "aws",
  repositoryArn: pulumi.output(arn),
  ready: [],
});

function referenceOf(
  scope: Scope,
  source: Exclude<ImageSource, { kind: "reference" }>,
  store: Registry,
): pulumi.Output<string> {
  switch (source.kind) {
    case "version":
      return pulumi.output(`${store.url}:${source.version}`);
    case "digest":
      return pulumi.output(`${store.url}@${source.digest}`);
    case "build":
      return built(scope, source, store);
  }
}

/**
 * Pushes with the operator's own login (`aws ecr get-login-password` or the credential helper): a
 * token asked for by the program would reach AWS even in a preview.
 */
function built(
  scope: Scope,
  source: ImageBuild,
  { url, repository }: Registry,
): pulumi.Output<string> {
  const image = new Image(
    `${scope.name}-build`,
    {
      imageName: `${url}:${source.version}`,
      build: {
        context: source.context,
        dockerfile: source.dockerfile,
        // Fargate's default; the architecture of the building machine would not start there.
        platform: "linux/amd64",
        ...(source.args ? { args: source.args } : {}),
        ...(source.target ? { target: source.target } : {}),
      },
    },
    { ...scope.child, dependsOn: repository },
  );
  return image.repoDigest;
}

export const image: ImageBuilder = builder({ cloud: "aws", describe, resolve, build });
