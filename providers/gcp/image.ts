import * as pulumi from "@pulumi/pulumi";
import { Repository } from "@pulumi/gcp/artifactregistry";
import { Image as Build } from "@pulumi/docker/image";
import {
  builder,
  type BuildRequest,
  type Parity,
  type ResolveContext,
} from "../../components/builder";
import type {
  ImageBuild,
  ImageLinks,
  ImageOutputs,
  ImageSource,
  ImageSpec,
} from "../../components/image";
import { fit } from "../../components/naming";
import type { ImageAttachment } from "./attachments";
import { foundation } from "./foundation";
import { parseReference, type Reference } from "./image-reference";
import { labels } from "./labels";
import { plain, stackName } from "./names";
import type { Scope } from "./scope";
import { settings } from "./settings";

interface ResolvedImage {
  readonly repository: string;
  readonly source: ImageSource;
  readonly keep: number;
  /** Only for somebody else's image. */
  readonly foreign?: Reference;
}

const THIRTY_DAYS = "2592000s";

const describe: Parity<ImageSpec> = {
  repository:
    "one Artifact Registry Docker repository per image and stack, tags immutable; the image inside bears this name",
  source:
    "Cloud Run pulls from Google's registries and Docker Hub only: other references go through a remote repository of Artifact Registry, which keeps a copy",
  keep: "cleanup policies: the newest are kept, others go after 30 days; Cloud Run has its own copy of what it runs",
};

function resolveImage(spec: ImageSpec, { path, problems }: ResolveContext): ResolvedImage {
  const { source } = spec;
  if (!/^[a-z0-9][a-z0-9._-]{0,100}$/.test(spec.repository)) {
    problems.add(
      `${path}.repository`,
      `"${spec.repository}" is no image name; use lower case letters, digits, dots and dashes`,
    );
  }
  const keep = spec.keep ?? 30;
  if (!Number.isInteger(keep) || keep < 1) {
    problems.add(`${path}.keep`, `${keep} is no number of images; give 1 or more`);
  }
  const foreign = source.kind === "reference" ? parseReference(source.reference) : undefined;
  return { repository: spec.repository, source, keep, ...(foreign ? { foreign } : {}) };
}

function buildImage(request: BuildRequest<ResolvedImage, ImageLinks>): ImageOutputs {
  const { spec } = request;
  const { source, foreign } = spec;
  if (foreign) return foreignImage(request, foreign);
  const repository = ownRepository(request);
  const url = imageUrl(repository, spec.repository);
  const own = (reference: pulumi.Output<string>, ready: pulumi.Resource): ImageOutputs => {
    return { reference, repositoryUrl: url, attachment: attachmentFor([ready], repository) };
  };
  switch (source.kind) {
    case "version":
      return own(pulumi.interpolate`${url}:${source.version}`, repository);
    case "digest":
      return own(pulumi.interpolate`${url}@${source.digest}`, repository);
    case "build": {
      const pushed = push(request, source, url, repository);
      return own(pushed.repoDigest, pushed);
    }
    case "reference":
      throw new Error("a reference is resolved to a foreign image");
  }
}

const attachmentFor = (
  ready: readonly pulumi.Resource[],
  repository?: Repository,
): ImageAttachment => ({
  cloud: "gcp",
  kind: "image",
  ready,
  ...(repository ? { repository } : {}),
});

/** Known before the repository exists, so that policies can read the reference in a preview. */
function imageUrl(repository: Repository, image: string): pulumi.Output<string> {
  const { project, region } = settings();
  // Domain-scoped project ids have a colon, which registry paths write as a slash.
  const folder = project.replace(":", "/");
  return pulumi.interpolate`${region}-docker.pkg.dev/${folder}/${repository.repositoryId}/${image}`;
}

function ownRepository(request: BuildRequest<ResolvedImage, ImageLinks>): Repository {
  const { name, spec, parent, environment } = request;
  const { project, region } = settings();
  const { apis } = foundation(request);
  return new Repository(
    `${name}-repository`,
    {
      project,
      location: region,
      repositoryId: fit(plain(`${spec.repository}-${environment.stack}`), 63),
      format: "DOCKER",
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: spec.keep } },
        {
          id: "delete-old",
          action: "DELETE",
          condition: { tagState: "ANY", olderThan: THIRTY_DAYS },
        },
      ],
      labels: labels(environment, name),
    },
    { parent, dependsOn: [apis.artifactregistry] },
  );
}

/** Google's registries are used as they are, everything else through a copy in the region. */
export function foreignImage(
  scope: Scope,
  { host, image, pinned, isGoogle }: Reference,
): ImageOutputs {
  const { name, parent, environment } = scope;
  if (isGoogle) {
    return { reference: pulumi.output(`${host}/${image}${pinned}`), attachment: attachmentFor([]) };
  }
  const { project, region } = settings();
  const { apis } = foundation(scope);
  const upstream =
    host === "docker.io"
      ? { publicRepository: "DOCKER_HUB" }
      : { customRepository: { uri: `https://${host}` } };
  const repository = new Repository(
    `${name}-mirror`,
    {
      project,
      location: region,
      repositoryId: stackName(`${name}-mirror`, environment, 63),
      format: "DOCKER",
      mode: "REMOTE_REPOSITORY",
      remoteRepositoryConfig: { description: `Copies of ${host}`, dockerRepository: upstream },
      labels: labels(environment, name),
    },
    { parent, dependsOn: [apis.artifactregistry] },
  );
  return {
    reference: pulumi.interpolate`${imageUrl(repository, image)}${pinned}`,
    attachment: attachmentFor([repository], repository),
  };
}

/** Builds on the operator's machine; Docker must be signed in to the registry there. */
function push(
  { name, parent }: BuildRequest<ResolvedImage, ImageLinks>,
  { context, dockerfile, version, args, target }: ImageBuild,
  url: pulumi.Output<string>,
  repository: Repository,
): Build {
  return new Build(
    `${name}-build`,
    {
      imageName: pulumi.interpolate`${url}:${version}`,
      build: {
        context,
        dockerfile,
        platform: "linux/amd64",
        ...(args ? { args: { ...args } } : {}),
        ...(target ? { target } : {}),
      },
    },
    { parent, dependsOn: [repository] },
  );
}

export const image = builder({ cloud: "gcp", describe, resolve: resolveImage, build: buildImage });
