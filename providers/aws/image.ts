import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy";
import { Repository } from "@pulumi/aws/ecr/repository";
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
import { folder, scopeOf, type Scope } from "./scope";

type Resolved = Required<ImageSpec>;

const describe: Parity<ImageSpec> = {
  repository: "private ECR repository, immutable tags, scanned on push, encrypted with KMS",
  source: "tag or digest in ECR, a foreign reference, or a build for linux/amd64 pushed to ECR",
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
  const { source } = request.spec;
  if (source.kind === "reference") {
    const attachment: ImageAttachment = { cloud: "aws" };
    return { reference: pulumi.output(source.reference), attachment };
  }
  const scope = scopeOf(request);
  const name = `${folder(scope.environment)}/${request.spec.repository}`;
  // Composed and not read back, so that a preview shows which image will run.
  const url = `${scope.accountId}.dkr.ecr.${scope.region}.${domainOf(scope)}/${name}`;
  const repository = registry(scope, name, request.spec.keep);
  const attachment: ImageAttachment = {
    cloud: "aws",
    repositoryArn: pulumi.output(scope.arn("ecr", `repository/${name}`)),
  };
  return {
    reference: referenceOf(scope, url, source, repository),
    repositoryUrl: pulumi.output(url),
    attachment,
  };
}

const domainOf = ({ partition }: Scope): string =>
  partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

function registry(scope: Scope, name: string, keep: number): Repository {
  const { environment, child, tags } = scope;
  const repository = new Repository(
    `${scope.name}-repository`,
    {
      name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      // A repository with images cannot be destroyed otherwise.
      forceDelete: !environment.protected,
      tags,
    },
    { ...child, protect: environment.protected },
  );
  const expire = (priority: number, description: string, selection: object): object => ({
    rulePriority: priority,
    description,
    selection,
    action: { type: "expire" },
  });
  new LifecyclePolicy(
    `${scope.name}-repository`,
    {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          expire(1, "Untagged images for a week", {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 7,
          }),
          expire(2, `The last ${keep} released images`, {
            tagStatus: "any",
            countType: "imageCountMoreThan",
            countNumber: keep,
          }),
        ],
      }),
    },
    child,
  );
  return repository;
}

function referenceOf(
  scope: Scope,
  url: string,
  source: Exclude<ImageSource, { kind: "reference" }>,
  repository: Repository,
): pulumi.Output<string> {
  switch (source.kind) {
    case "version":
      return pulumi.output(`${url}:${source.version}`);
    case "digest":
      return pulumi.output(`${url}@${source.digest}`);
    case "build":
      return built(scope, url, source, repository);
  }
}

/**
 * Pushes with the operator's own login (`aws ecr get-login-password` or the credential helper): a
 * token asked for by the program would reach AWS even in a preview.
 */
function built(
  scope: Scope,
  url: string,
  source: ImageBuild,
  repository: Repository,
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
